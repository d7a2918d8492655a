#include "ui/panels/agent_choices.h"

#include "ui/theme/icons.h"

namespace lookout::ui {

std::vector<AgentChoice> AgentChoices(const Snapshots& snapshots,
                                      std::span<const std::string> shipped_agents) {
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
       .remark = "You steer with the arrows or WASD: Point, Car and Doggo alike"},
      {.kind = AgentKind::kNewestPolicy,
       .icon = kIconTraining,
       .remark = "The newest policy of the training run",
       .disabled_because = trained ? "" : "There is no policy yet. Start a run in Training."},
  };
  for (AgentChoice& choice : choices) choice.name = AgentKindName(choice.kind);
  for (const std::string& name : shipped_agents) {
    choices.push_back({.kind = AgentKind::kShipped,
                       .shipped = name,
                       .name = name,
                       .icon = kIconAgent,
                       .remark = "Trained beforehand and shipped with the program"});
  }
  return choices;
}

bool IsActing(const AgentChoice& choice, const PlayerSnapshot& player) {
  if (choice.kind != player.agent) return false;
  return choice.kind != AgentKind::kShipped || player.agent_name == choice.shipped;
}

SetAgent WishFor(const AgentChoice& choice) { return {choice.kind, std::string(choice.shipped)}; }

}  // namespace lookout::ui
