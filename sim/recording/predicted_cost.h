// What an episode's predicted cost is, for everybody who adds it up: the sum, over its steps, of
// the cost model's prediction for the transition into each. Any thread.
#pragma once

#include <cmath>

#include "sim/base/ids.h"

namespace lookout::sim {

// What step `step` adds. The state after the reset (step 0) has no transition into it and NaN says
// that no model predicted: both add nothing.
inline float PredictedCostOf(StepIndex step, float predicted) {
  return step == 0 || std::isnan(predicted) ? 0.0F : predicted;
}

}  // namespace lookout::sim
