#include "agents/feedback/annotators/slips.h"

#include <algorithm>

namespace lookout::agents {

std::int64_t Slips::LagOf(const AnnotatorSettings& settings) {
  const std::int64_t jitter = settings.reaction_lag_jitter_steps;
  std::int64_t lag = settings.reaction_lag_steps;
  if (jitter > 0) lag += random_.Choice(static_cast<int>(2 * jitter + 1)) - jitter;
  return std::max<std::int64_t>(0, lag);
}

std::int64_t Slips::ReleaseLagOf(const AnnotatorSettings& settings, std::int64_t pressing) {
  if (settings.release_lag_steps < 0) return pressing;
  const std::int64_t earlier = settings.reaction_lag_steps - settings.release_lag_steps;
  return std::max<std::int64_t>(0, pressing - earlier);
}

}  // namespace lookout::agents
