// What Safety Gym's pseudo-lidar may read when things are only known to stand within intervals:
// bin by bin, and the nearest thing as cost models look at it. Any thread.
//
// A thing at closeness s and in direction phi = bearing / w - b, w the width of a bin, gives bin b
//   s * T(phi),  T(phi) = clip(min(phi + 1, 1, 2 - phi), 0, 1),  phi taken modulo the bins,
// where neighbours share the reading (lidar_alias), and s inside the bin, else 0, where they do
// not; a bin reads the largest of those (sim/engine/lidar.cc). T is continuous and has one hill, so
// that its least value on an interval is at an end.
#pragma once

#include <span>
#include <vector>

#include "agents/inspect/verification/interval.h"
#include "agents/inspect/verification/sighting.h"
#include "sim/config/config.h"
#include "sim/engine/lidar.h"

namespace lookout::agents {

// The nearest thing is read by this bin, the first of the fullest ones, with this closeness.
struct NearestBin {
  int bin = 0;
  Interval closeness;
};

class LidarBounds {
 public:
  // config: with lidars of the pseudo type.
  explicit LidarBounds(const sim::EnvironmentConfig& config)
      : lidar_(config), alias_(config.lidar_alias) {}

  // bins: [any number], each set to what it may read.
  void Bins(std::span<const Sighting> things, std::span<Interval> bins) const;

  // Every bin that may read the nearest thing, ascending: in any case one of them holds. Without
  // things it is bin 0, with a closeness of 0.
  std::vector<NearestBin> Nearest(std::span<const Sighting> things, int bins) const;

 private:
  Interval Closeness(const Interval& distance_m) const;
  Interval Share(const Interval& phi, double bins) const;

  sim::PseudoLidar lidar_;
  bool alias_;
};

}  // namespace lookout::agents
