#include "agents/inspect/explanations/explained_number.h"

#include <utility>

#include "sim/engine/what_if.h"

namespace lookout::agents {

Status CheckWorldCanBeExplained(const sim::SafetyGym& world) {
  if (Status can = sim::CheckObjectsCanBeLeftOut(world.config()); !can) return can;
  if (world.observation().allFinite()) return {};
  return BadInput("The physics failed at this step: its observation is not finite; name another.");
}

Result<ExplainedNumber> ExplainNumber(const ExplainedFunction& function,
                                      const sim::SafetyGym& world,
                                      const ContributionSettings& settings,
                                      const KeepGoing& keep_going) {
  if (Status can = CheckWorldCanBeExplained(world); !can) return can.error();
  auto contributions = ContributionsOf(function, world, settings, keep_going);
  if (!contributions) return contributions.error();
  auto gradients =
      IntegratedGradientsOf(function, world.spec(), world.observation().cast<float>(),
                            WithNothingAround(world), IntegratedGradients::kPoints, keep_going);
  if (!gradients) return gradients.error();
  return ExplainedNumber{std::move(*contributions), std::move(*gradients)};
}

}  // namespace lookout::agents
