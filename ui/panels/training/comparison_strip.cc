#include "ui/panels/training/comparison_strip.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "ui/commands.h"
#include "ui/panels/state/action_button.h"
#include "ui/theme/icons.h"
#include "ui/theme/kinds.h"
#include "ui/theme/ui_context.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/text.h"

namespace lookout::ui {
namespace {

constexpr float kComparedRow = 24.0F;  // all at 100 %
constexpr float kPadding = 7.0F;
constexpr float kBareColumn = 52.0F;  // of a number alone
constexpr float kLeastName = 90.0F;
constexpr double kNearLimit = 0.8;  // of the limit

// One of the two, at the moment on screen.
struct ComparedLine {
  const char* letter = "";
  const char* id = "";
  std::string agent;
  bool ghost = false;
  double return_now = 0.0, return_final = 0.0;
  double cost_now = 0.0, cost_final = 0.0;
  double learned_now = 0.0, learned_final = 0.0;  // NaN where no model predicted
};

ComparedLine ComparedLineOf(const EpisodeTrack& track, StepIndex step, bool second, bool ghost) {
  ComparedLine line{.letter = second ? "B" : "A",
                    .id = second ? "compared/b" : "compared/a",
                    .agent = track.agents_in_words(),
                    .ghost = ghost};
  if (track.steps() == 0) return line;
  const auto now = static_cast<std::size_t>(std::clamp(step, 0, track.steps() - 1));
  line.return_now = track.return_so_far[now];
  line.return_final = track.return_so_far.back();
  line.cost_now = track.cost_so_far[now];
  line.cost_final = track.cost_so_far.back();
  const bool predicted = std::isfinite(track.predicted_cost[now]);
  line.learned_now = predicted ? track.predicted_so_far[now] : NAN;
  line.learned_final = predicted ? track.predicted_so_far.back() : NAN;
  return line;
}

ImU32 CostColour(double cost, double limit) {
  const Theme& theme = CurrentTheme();
  if (cost > limit) return theme.error;
  return cost > kNearLimit * limit ? theme.warning : theme.good;
}

// Where the parts of "Cost 13.0 final 64.0" begin, and where they end.
struct FigureColumn {
  std::string_view name;
  float number, at_end, width;
};
constexpr FigureColumn kReturn{"Return", 44.0F, 88.0F, 160.0F};
constexpr FigureColumn kCost{"Cost", 32.0F, 78.0F, 140.0F};
constexpr FigureColumn kLearned{"Learned", 54.0F, 100.0F, 164.0F};

// Only the number now where there is no room for all of it.
void DrawFigure(ImVec2 at, const FigureColumn& column, bool wide, std::string_view now,
                ImU32 colour, std::string_view at_end) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const Theme& theme = CurrentTheme();
  const Fonts& fonts = CurrentFonts();
  if (!wide) {
    DrawText(list, at, Px(kBareColumn), colour, now, fonts.strong);
    return;
  }
  const float small_y = at.y + Px(2);
  const float number = at.x + Px(column.number);
  const float end = at.x + Px(column.at_end);
  DrawText(list, {at.x, small_y}, number - at.x, theme.text_muted, column.name, fonts.small);
  DrawText(list, {number, at.y}, end - number, colour, now, fonts.strong);
  DrawText(list, {end, small_y}, at.x + Px(column.width) - end, theme.text_muted, at_end,
           fonts.small);
}

// Filled for what is on screen, a ring for the ghost: as in the picture.
void DrawSwatch(ImVec2 middle, bool ghost) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  if (!ghost) {
    list.AddCircleFilled(middle, Px(6), kShownRobotColour, 24);
    return;
  }
  list.AddCircleFilled(middle, Px(5.5F), WithAlpha(kGhostColour, 0.4F), 24);
  list.AddCircle(middle, Px(5.5F), kGhostColour, 24, Px(1.5F));
}

void DrawComparedLine(const ComparedLine& line, ImVec2 min, float width, double limit) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const Theme& theme = CurrentTheme();
  const float y = min.y + (Px(kComparedRow) - ImGui::GetFontSize()) * 0.5F;
  DrawSwatch({min.x + Px(7), min.y + Px(kComparedRow) * 0.5F}, line.ghost);
  DrawText(list, {min.x + Px(22), y}, Px(16), theme.text, line.letter, CurrentFonts().strong);
  const bool wide = width >= Px(40 + kLeastName + kReturn.width + kCost.width + kLearned.width);
  const float return_width = Px(wide ? kReturn.width : kBareColumn);
  const float cost_width = Px(wide ? kCost.width : kBareColumn);
  const float learned_width = Px(wide ? kLearned.width : kBareColumn);
  const float figures =
      std::max(min.x + Px(40), min.x + width - return_width - cost_width - learned_width);
  DrawText(list, {min.x + Px(40), y}, figures - min.x - Px(46),
           line.ghost ? theme.text_muted : theme.text, line.agent);
  DrawFigure({figures, y}, kReturn, wide, Short("%.2f", line.return_now), theme.text,
             Short("final %.2f", line.return_final));
  DrawFigure({figures + return_width, y}, kCost, wide, Short("%.1f", line.cost_now),
             CostColour(line.cost_now, limit), Short("final %.1f", line.cost_final));
  DrawFigure({figures + return_width + cost_width, y}, kLearned, wide,
             CompactNumber(line.learned_now), theme.predicted_cost,
             Short("final %s", CompactNumber(line.learned_final).c_str()));
  ImGui::SetCursorScreenPos(min);
  ImGui::InvisibleButton(line.id, {std::max(width, 1.0F), Px(kComparedRow)});
  NoteItem(line.id);
  Tooltip(Short("%s: return %.2f and cost %.1f so far, %.2f and %.1f in all; limit %.4g",
                line.ghost ? "The ghost" : "On screen", line.return_now, line.cost_now,
                line.return_final, line.cost_final, limit));
}

void DrawButtons(ImVec2 min, const ActionContext& context, std::string_view swap) {
  ImGui::SetCursorScreenPos(min);
  ActionButton(ActionId::kSwapComparison, context, {.text = swap});
  ImGui::SameLine(0.0F, Px(6));
  if (Button({.id = "end_comparison",
              .icon = kIconClose,
              .look = ButtonLook::kGhost,
              .tooltip = "End the comparison; both episodes stay in the list"})) {
    context.sender.Send(EndComparison{});
  }
}

}  // namespace

float ComparisonHeight(const Snapshots& snapshots) {
  const bool both = snapshots.ghost_episode() != nullptr && snapshots.shown_episode() != nullptr;
  return both && !snapshots.blind() ? 2.0F * Px(kComparedRow) + 2.0F * Px(kPadding) : 0.0F;
}

void DrawComparisonStrip(const ActionContext& context) {
  const Snapshots& snapshots = context.snapshots;
  const EpisodeTrack* shown = snapshots.shown_episode();
  const EpisodeTrack* ghost = snapshots.ghost_episode();
  if (shown == nullptr || ghost == nullptr) return;
  const Comparison& comparison = *snapshots.comparison;
  const ComparedLine on_screen =
      ComparedLineOf(*shown, snapshots.playhead.step, comparison.swapped, false);
  const ComparedLine behind =
      ComparedLineOf(*ghost, comparison.ghost_step, !comparison.swapped, true);
  const ImVec2 min = ImGui::GetCursorScreenPos();
  const float room = ImGui::GetContentRegionAvail().x;
  const std::string_view swap = room > Px(430) ? "Swap" : "";
  const float buttons =
      ButtonWidth({.icon = kIconSwap, .text = swap}) + ButtonWidth({.icon = kIconClose}) + Px(6);
  const float width = room - buttons - Px(14);
  DrawComparedLine(comparison.swapped ? behind : on_screen, min, width, snapshots.cost_limit);
  DrawComparedLine(comparison.swapped ? on_screen : behind, {min.x, min.y + Px(kComparedRow)},
                   width, snapshots.cost_limit);
  const float middle = min.y + Px(kComparedRow) - 0.5F * ImGui::GetFrameHeight();
  DrawButtons({min.x + room - buttons, middle}, context, swap);
}

}  // namespace lookout::ui
