#include "agents/overseer/blocker/brake_fallback.h"

#include <utility>

#include "agents/overseer/fallback.h"
#include "sim/base/check.h"
#include "sim/engine/safety_gym.h"

namespace lookout::agents {

Result<FallbackAction> MakeBrakeFallback(const sim::EnvironmentConfig& config,
                                         const sim::EnvironmentSpec& spec) {
  auto fallback = Fallback::Create(config, spec);
  if (!fallback.ok()) return fallback.error();
  return FallbackAction(
      [brake = *fallback](const sim::Environment& environment, Eigen::VectorXd& action) {
        const auto* const gym = dynamic_cast<const sim::SafetyGym*>(&environment);
        LOOKOUT_CHECK(gym != nullptr, "a fallback for another environment");
        brake.Brake(*gym, action);
      });
}

}  // namespace lookout::agents
