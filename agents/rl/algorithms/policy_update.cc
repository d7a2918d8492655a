#include "agents/rl/algorithms/policy_update.h"

#include "agents/rl/algorithms/cpo.h"
#include "agents/rl/algorithms/ppo.h"
#include "agents/rl/algorithms/ppo_lagrangian.h"
#include "agents/rl/algorithms/trpo.h"
#include "agents/rl/algorithms/trpo_lagrangian.h"

namespace lookout::agents {

std::unique_ptr<PolicyUpdate> MakePolicyUpdate(const TrainingSettings& settings,
                                               const sim::EnvironmentSpec& spec,
                                               const LearnerState& shape) {
  switch (settings.algorithm) {
    case Algorithm::kPpo:
      return std::make_unique<Ppo>(settings, shape.policy);
    case Algorithm::kPpoLagrangian:
      return std::make_unique<PpoLagrangian>(settings, shape.policy);
    case Algorithm::kTrpo:
      return std::make_unique<Trpo>(settings, shape.policy);
    case Algorithm::kTrpoLagrangian:
      return std::make_unique<TrpoLagrangian>(settings, shape.policy);
    case Algorithm::kCpo:
      return std::make_unique<Cpo>(settings, shape.policy, spec.max_episode_steps);
  }
  LOOKOUT_CHECK(false, "an algorithm without an update");
}

}  // namespace lookout::agents
