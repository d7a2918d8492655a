#include "ui/panels/why/why_policy.h"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "ui/inspection_words.h"
#include "ui/panels/why/why_figures.h"
#include "ui/theme/icons.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/scopes.h"
#include "ui/widgets/text.h"

namespace lookout::ui {
namespace {

constexpr std::size_t kMostSideBySide = 3;  // numbers of which each has a button of its own
constexpr std::array kNumberIds{"why/number/0", "why/number/1", "why/number/2"};

void ChooseNumber(const std::vector<NumberExplained>& numbers, int& shown) {
  const float width = ImGui::GetContentRegionAvail().x;
  if (numbers.size() > kMostSideBySide) {
    const auto chosen = DropDown(
        {.id = "why/number",
         .preview = numbers[static_cast<std::size_t>(shown)].name,
         .count = static_cast<int>(numbers.size()),
         .selected = shown,
         .width = width,
         .tooltip = "Which of its motors is asked about"},
        [&](int i) -> std::string_view { return numbers[static_cast<std::size_t>(i)].name; });
    shown = chosen.value_or(shown);
    return;
  }
  std::array<Segment, kMostSideBySide> segments;
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    segments[i] = {.id = kNumberIds[i], .text = numbers[i].name};
    // Of the one that is shown it stands below, where a tooltip would lie.
    if (static_cast<int>(i) != shown) segments[i].tooltip = numbers[i].meaning;
  }
  shown = Segmented(std::span(segments).first(numbers.size()), shown, width).value_or(shown);
}

// What is done of a mean action.
double Done(double mean) { return std::clamp(mean, -1.0, 1.0); }

}  // namespace

void DrawSubjects(WhyState& state) {
  std::array subjects{
      Segment{.id = "why/of_model",
              .text = "Cost model",
              .tooltip = "Why the cost model calls this moment unsafe, or not"},
      Segment{.id = "why/of_actions",
              .text = "Action",
              .tooltip = "Why the policy that plays does here what it does"},
      Segment{.id = "why/of_expectations",
              .text = "Expects",
              .tooltip = "Why the critics of the policy that plays expect the reward and the cost "
                         "that they do"}};
  const auto present = static_cast<int>(state.subject);
  subjects[static_cast<std::size_t>(present)].tooltip = {};  // it would hide what is said of it
  const auto chosen = Segmented(subjects, present, ImGui::GetContentRegionAvail().x);
  if (!chosen) return;
  state.subject = static_cast<WhySubject>(*chosen);
  state.number = 0;
}

std::string_view WhyNoPolicy(const Snapshots& snapshots) {
  switch (snapshots.player.agent) {
    case AgentKind::kHuman:
      return "You drive: there is nothing to ask. Let a trained policy play, which the list of "
             "agents in the toolbar has.";
    case AgentKind::kRandom:
    case AgentKind::kGoToGoal:
    case AgentKind::kCareful:
      return "A script plays, which has no networks: there is nothing to ask. Choose a trained "
             "policy from the list of agents in the toolbar, or train one.";
    case AgentKind::kNewestPolicy:
    case AgentKind::kNamedPolicy:
      break;
  }
  return {};
}

void DrawNumber(const MomentExplained& moment, WhyState& state) {
  state.number = std::clamp(state.number, 0, static_cast<int>(moment.numbers.size()) - 1);
  ChooseNumber(moment.numbers, state.number);
  const NumberExplained& one = moment.numbers[static_cast<std::size_t>(state.number)];
  const Theme& theme = CurrentTheme();
  const ImVec2 min = ImGui::GetCursorScreenPos();
  const float width = ImGui::GetContentRegionAvail().x;
  const double told = one.found.contributions.value;
  const double value_shown = moment.subject == WhySubject::kActions ? Done(told) : told;
  const bool is_cut_off = value_shown != told;
  const float height = Px(is_cut_off ? 86 : 66);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  list.AddRectFilled(min, {min.x + width, min.y + height}, WithAlpha(theme.accent, 0.12F), Px(6));
  list.AddRectFilled(min, {min.x + Px(4), min.y + height}, theme.accent, Px(2));
  const float left = min.x + Px(14);
  const std::string value = Signed(value_shown);
  const float value_width = TextSize(value, CurrentFonts().title).x;
  const float right = min.x + width - Px(12);
  DrawText(list, {left, min.y + Px(8)}, right - value_width - Px(8) - left, theme.text, one.name,
           CurrentFonts().title);
  DrawText(list, {right - value_width, min.y + Px(8)}, value_width + 1.0F, theme.text, value,
           CurrentFonts().title);
  const Short whose("by %s", moment.agent.c_str());
  DrawText(list, {left, min.y + Px(41)}, right - left, theme.text_muted, whose);
  if (is_cut_off) {
    const Short raw("The mean is %s: cut off", Signed(told).c_str());
    DrawText(list, {left, min.y + Px(61)}, right - left, theme.warning, raw);
    NoteRect("why/cut_off", {left, min.y + Px(61)}, {right, min.y + height});
  }
  ImGui::Dummy({width, height});
  NoteItem("why/number_shown");
  Tooltip(moment.subject == WhySubject::kActions
              ? "What the policy that plays would do here in the mean, cut off at \xC2\xB1"
                "1 as every action is; whoever acted when this was recorded. What is explained "
                "below is the mean itself. One with memory remembers the episode so far."
              : "What its critics expect from here on, in the units of reward or cost, later steps "
                "for less. One with memory remembers the episode so far.");
  SmallLines(one.meaning);
}

}  // namespace lookout::ui
