// Where a cost model's probability becomes a verdict. Any thread.
#pragma once

namespace lookout::agents {

// Predictions of at least this call a step unsafe. Models are calibrated, so it is where unsafe
// becomes the likelier of the two.
inline constexpr float kUnsafeFrom = 0.5F;

}  // namespace lookout::agents
