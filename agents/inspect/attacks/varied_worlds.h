// The worlds near one layout that an adversary may choose from: everything that has a place may
// stand a bit elsewhere, as long as it is a layout that Safety Gym itself could have drawn.
// Immutable after construction; any thread.
#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <vector>

#include "sim/config/config.h"
#include "sim/engine/safety_gym.h"
#include "sim/objects/layout_sampler.h"

namespace lookout::agents {

class VariedWorlds {
 public:
  // Around the layout of gym's episode. Everything may move by reach_m along both axes, but for
  // what the configuration gives a fixed location, and for the goal, which is drawn anew whenever
  // it is met and would otherwise come back to the same place.
  VariedWorlds(const sim::SafetyGym& gym, double reach_m);

  // Two for each thing that may move, and one for the robot's heading.
  int dimensions() const { return 2 * static_cast<int>(movers_.size()) + 1; }

  // point: [dimensions], in [0, 1]; 0.5 is where a thing stands, 0 and 1 are reach_m away from
  // there. One after the other, each thing goes as far that way as the keep-outs of all others,
  // but for the goal's, and its own extents let it, so that every point is a layout that could have
  // been drawn. The configuration fixes all those places and the heading, whatever the seed.
  Result<sim::EnvironmentConfig> At(const Eigen::Ref<const Eigen::VectorXd>& point) const;

  // The places at a point, by slot of the layout; metres.
  sim::Layout PlacesAt(const Eigen::Ref<const Eigen::VectorXd>& point) const;

 private:
  // Of `way`, from where a slot stands, the share that keeps its distance from all others.
  double ShareOfWay(int slot, const sim::Point2& way, const sim::Layout& layout) const;

  sim::EnvironmentConfig config_;
  sim::LayoutSampler sampler_;
  double reach_m_;
  sim::Layout layout_;       // by slot
  std::vector<int> movers_;  // slots
};

}  // namespace lookout::agents
