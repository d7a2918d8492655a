// A question about a cost model: where, how fast, and what is claimed of its predictions there.
// Value type; any thread.
#pragma once

#include <numbers>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "agents/feedback/models/unsafe_threshold.h"
#include "agents/inspect/verification/interval.h"
#include "agents/inspect/verification/model_bounds.h"
#include "sim/environment/kinds.h"

namespace lookout::agents {

// Poses of the robot in a layout.
struct PosesInLayout {
  std::optional<Interval> x_m;             // none: where the environment places things
  std::optional<Interval> y_m;             // likewise
  std::optional<sim::SceneObjectKind> of;  // things that the next two are about
  std::optional<double> within_m;          // the centre is as near to any of them
  std::optional<double> beyond_m;          // the centre is as far from all of them
  Interval heading_rad{-std::numbers::pi, std::numbers::pi};
};

// A thing somewhere round the robot, whatever the layout.
struct ThingAround {
  sim::SceneObjectKind kind = sim::SceneObjectKind::kHazard;
  Interval distance_m;
  Interval bearing_rad{-std::numbers::pi, std::numbers::pi};
};

// Those things alone: every other lidar sees nothing.
using ThingsAround = std::vector<ThingAround>;

// What an own sensor of the robot reads, one interval for each of its values.
struct SensorRange {
  std::string key;
  std::vector<Interval> values;
};

struct Question {
  SafetyClaim claim = SafetyClaim::kUnsafe;
  double threshold = double(kUnsafeFrom);
  std::variant<PosesInLayout, ThingsAround> where;
  double speed_m_per_s = 0.0;  // at most, in any direction on the floor
  Interval turn_rate_rad_per_s;
  std::vector<SensorRange> sensors;  // others read what they do after the reset
};

}  // namespace lookout::agents
