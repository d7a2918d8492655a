#include "ui/panels/browse/agent_choices.h"

#include "ui/theme/icons.h"

namespace lookout::ui {

std::vector<AgentChoice> AgentChoices(const Snapshots& snapshots,
                                      std::span<const NamedPolicy> policies) {
  const bool trained = snapshots.training.policy_version > 0;
  std::vector<AgentChoice> choices{
      {.kind = AgentKind::kRandom, .icon = kIconNextSeed, .remark = "Random actions, held briefly"},
      {.kind = AgentKind::kGoToGoal,
       .icon = kIconButton,
       .remark =
           "Does the task straight away, whatever it costs: goal, button, box, circle or run"},
      {.kind = AgentKind::kCareful,
       .icon = kIconShield,
       .remark = "The same, slower, and veers away from everything that costs"},
      {.kind = AgentKind::kHuman,
       .icon = kIconPerson,
       .remark = "You steer with the arrows, or the keys in the place of W, A, S and D"},
      {.kind = AgentKind::kNewestPolicy,
       .icon = kIconTraining,
       .remark = "The newest policy of the training run",
       .disabled_because = trained ? "" : "There is no policy yet. Start a run in Training."},
  };
  for (AgentChoice& choice : choices) choice.name = AgentKindName(choice.kind);
  for (const NamedPolicy& policy : policies) {
    choices.push_back({.kind = AgentKind::kNamedPolicy,
                       .policy = policy.name,
                       .environment = policy.environment,
                       .name = policy.name,
                       .icon = kIconAgent,
                       .remark = policy.remark});
  }
  return choices;
}

bool IsActing(const AgentChoice& choice, const PlayerSnapshot& player) {
  if (choice.kind != player.agent) return false;
  return choice.kind != AgentKind::kNamedPolicy || player.agent_name == choice.policy;
}

bool IsFromElsewhere(const AgentChoice& choice, const PlayerSnapshot& player) {
  return !choice.environment.empty() && choice.environment != player.environment;
}

SetAgent WishFor(const AgentChoice& choice) { return {choice.kind, std::string(choice.policy)}; }

}  // namespace lookout::ui
