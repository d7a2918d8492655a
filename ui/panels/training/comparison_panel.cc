#include "ui/panels/training/comparison_panel.h"

#include <algorithm>

#include "ui/panels/browse/agent_choices.h"
#include "ui/panels/training/new_ways_section.h"
#include "ui/theme/icons.h"
#include "ui/theme/kinds.h"
#include "ui/theme/ui_context.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/text.h"

namespace lookout::ui {
namespace {

using AgentList = std::vector<AgentChoice>;

// Everyone but the person, who cannot play the same twice.
AgentList Candidates(const Snapshots& snapshots, const WindowInputs& inputs) {
  AgentList choices = AgentChoices(snapshots, inputs.policies);
  std::erase_if(choices, [](const AgentChoice& c) { return c.kind == AgentKind::kHuman; });
  return choices;
}

const AgentChoice* Find(const AgentList& choices, std::string_view name) {
  const auto found = std::ranges::find(choices, name, &AgentChoice::name);
  return found == choices.end() ? nullptr : &*found;
}

// Two policies of this environment if there are, else the script with and without care.
void Suggest(const Snapshots& snapshots, const WindowInputs& inputs, ComparisonPanelState& state) {
  state.first = AgentKindName(AgentKind::kGoToGoal);
  state.second = AgentKindName(AgentKind::kCareful);
  std::vector<std::string_view> policies;
  for (const NamedPolicy& policy : inputs.policies) {
    if (policy.environment == snapshots.player.environment) policies.push_back(policy.name);
  }
  if (policies.size() < 2) return;
  state.first = policies[0];
  state.second = policies[1];
}

bool ChooseAgent(const char* id, const AgentList& choices, std::string& name) {
  const AgentChoice* present = Find(choices, name);
  const auto chosen =
      DropDown({.id = id,
                .preview = name,
                .count = static_cast<int>(choices.size()),
                .selected = present == nullptr ? -1 : static_cast<int>(present - choices.data()),
                .tooltip = present == nullptr ? std::string_view(name) : present->remark},
               [&](int i) { return choices[static_cast<std::size_t>(i)].name; });
  if (chosen) name = choices[static_cast<std::size_t>(*chosen)].name;
  return chosen.has_value();
}

bool WasFound(const Snapshots& snapshots, EpisodeId episode) {
  const NewWaysOnScreen* ways = snapshots.new_ways;
  const BlindSpotsOnScreen* spots = snapshots.blind_spots;
  const HardWorldsOnScreen* worlds = snapshots.hard_worlds;
  return (ways != nullptr && std::ranges::count(ways->kept, episode) > 0) ||
         (spots != nullptr && std::ranges::count(spots->episodes, episode) > 0) ||
         (worlds != nullptr && std::ranges::count(worlds->episodes, episode) > 0);
}

// Whoever looks at what a search found has chosen no other seed by that.
void FollowSeed(const Snapshots& snapshots, ComparisonPanelState& state) {
  const EpisodeTrack* shown = snapshots.shown_episode();
  if (shown == nullptr) {
    state.followed_seed = snapshots.player.seed;
  } else if (!WasFound(snapshots, shown->id())) {
    state.followed_seed = shown->header().seed;
  }
}

// The typed one, else that of the episode on screen.
std::uint32_t SeedOf(const ComparisonPanelState& state) {
  return static_cast<std::uint32_t>(state.seed.value_or(state.followed_seed));
}

void ChooseSeed(ComparisonPanelState& state) {
  std::int64_t seed = SeedOf(state);
  if (NumberField("comparison_seed", seed, 0, UINT32_MAX, 0.0F)) state.seed = seed;
  Tooltip(
      "Both start in the world of this seed. Until one is typed, that of the episode on screen");
}

std::string_view WhyNotPlay(const Snapshots& snapshots, const AgentChoice* first,
                            const AgentChoice* second) {
  if (!snapshots.player.episode) return "There is no environment yet";
  if (first == nullptr || second == nullptr) return "That agent is no longer there: choose another";
  if (first == second) return "Choose two different agents: one alone plays the same twice";
  if (!first->disabled_because.empty()) return first->disabled_because;
  return second->disabled_because;
}

void DrawPlayProgress(double fraction, CommandSender& sender) {
  ImGui::Dummy({1, Px(1)});
  TextSmall(Short("Plays both: %.0f %%", 100.0 * fraction));
  ProgressBar(static_cast<float>(fraction), Px(7));
  if (Button({.id = "cancel_play_both",
              .icon = kIconStop,
              .text = "Cancel",
              .width = -1.0F,
              .tooltip = "What has been played stays in the list of episodes"})) {
    sender.Send(CancelPairedRollout{});
  }
}

}  // namespace

void DrawComparisonPanel(const Snapshots& snapshots, CommandSender& sender,
                         const WindowInputs& inputs, ComparisonPanelState& state) {
  if (!state.chosen) Suggest(snapshots, inputs, state);
  FollowSeed(snapshots, state);
  const AgentList choices = Candidates(snapshots, inputs);
  Heading("Compare on one seed");
  FieldLabel("Agent A", kShownRobotColour);
  state.chosen = ChooseAgent("compare_first", choices, state.first) || state.chosen;
  FieldLabel("Agent B", kGhostColour);
  state.chosen = ChooseAgent("compare_second", choices, state.second) || state.chosen;
  FieldLabel("Seed");
  ChooseSeed(state);
  const AgentChoice* first = Find(choices, state.first);
  const AgentChoice* second = Find(choices, state.second);
  const std::string_view why_not = WhyNotPlay(snapshots, first, second);
  if (snapshots.player.paired_rollout) {
    DrawPlayProgress(*snapshots.player.paired_rollout, sender);
  } else if (Button({.id = "play_both",
                     .icon = kIconFastForward,
                     .text = "Play both",
                     .width = -1.0F,
                     .tooltip =
                         "An episode of each at full speed, then both replayed together: A on "
                         "screen, B as its ghost",
                     .disabled_because = why_not})) {
    sender.Send(PairedRollout{{WishFor(*first), WishFor(*second)}, SeedOf(state)});
  }
  DrawNewWays(snapshots, sender, first != nullptr ? WishFor(*first) : SetAgent(),
              second != nullptr ? WishFor(*second) : SetAgent(), why_not);
}

}  // namespace lookout::ui
