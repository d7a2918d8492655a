// Which of its policies a training run keeps, to be watched and measured later. Any thread.
#pragma once

#include <algorithm>
#include <cstdint>

#include "agents/rl/settings/training_settings.h"

namespace lookout::agents {

// Whether the policy after that iteration is one of them: some forty, spread evenly over the run,
// the first included.
inline bool KeepsPolicy(const TrainingSettings& settings, int iteration) {
  constexpr std::int64_t kKept = 40;
  const std::int64_t iterations =
      (settings.total_steps + settings.steps_per_iteration - 1) / settings.steps_per_iteration;
  const std::int64_t stride = std::max<std::int64_t>(1, (iterations + kKept - 1) / kKept);
  return iteration == 1 || iteration % stride == 0;
}

}  // namespace lookout::agents
