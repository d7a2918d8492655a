// How the regions of a simulated annotator come out. Part of simulated_regions.h; one owner, one
// thread.
#pragma once

#include <cstdint>
#include <vector>

#include "agents/feedback/annotators/simulated_regions.h"
#include "agents/feedback/annotators/slips.h"
#include "agents/feedback/kinds/region.h"
#include "sim/base/random_state.h"

namespace lookout::agents {

inline constexpr double kLeastRadius_m = 0.02;

// A region as it would be without faults.
struct Place {
  Region region;
  const SeenFloor* floor = nullptr;  // on which it was seen
};

// Of that shape, without size, as dangerous as the step looks there.
Region RegionAt(const SeenFloor& floor, std::int64_t step, RegionShape shape);

class RegionHand {
 public:
  RegionHand(const AnnotatorSettings& settings, double session, RandomState& random)
      : settings_(settings), slips_(settings, session, random) {}

  bool Misses() { return slips_.Happens(settings_.miss_rate); }
  bool Alarms() { return slips_.Happens(settings_.false_alarm_rate); }

  // What the region is called, and how true it is to its place.
  void Finish(bool unsafe, DangerClass danger, Region& region);

 private:
  // Two opposite corners about their middle.
  static void Scale(double scale, std::vector<double>& corners);

  const AnnotatorSettings& settings_;
  Slips slips_;
};

}  // namespace lookout::agents
