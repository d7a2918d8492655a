#include "ui/panels/inspect/meters_panel.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "ui/theme/icons.h"
#include "ui/theme/kinds.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/meter.h"
#include "ui/widgets/text.h"

namespace lookout::ui {
namespace {

// The sums at the step on screen.
struct Sums {
  double episode_return = 0.0;
  double cost = 0.0;
  double predicted = 0.0;
  bool has_prediction = false;
  std::array<float, sim::kCostKindCount> by_kind{};
};

Sums SumsOf(const Snapshots& snapshots) {
  Sums sums;
  const EpisodeTrack* track = snapshots.shown_episode();
  if (track == nullptr || track->steps() == 0) return sums;
  const StepIndex last = std::clamp(snapshots.playhead.step, 0, track->steps() - 1);
  const auto step = static_cast<std::size_t>(last);
  sums.episode_return = track->return_so_far[step];
  sums.cost = track->cost_so_far[step];
  sums.predicted = track->predicted_so_far[step];
  sums.has_prediction = std::isfinite(track->predicted_cost[step]);
  sums.by_kind = track->cost_by_kind_so_far[step];
  return sums;
}

struct Card {
  ImVec2 min;
  float width;
};

// Title and icon at the left, a remark at the right, and the number.
void DrawCardHead(const Card& card, const char* icon, ImU32 icon_colour, std::string_view title,
                  std::string_view value, std::string_view unit, std::string_view remark) {
  const Theme& theme = CurrentTheme();
  ImDrawList& list = *ImGui::GetWindowDrawList();
  ImFont* small = CurrentFonts().small;
  float x = card.min.x;
  x += DrawText(list, {x, card.min.y}, Px(20), icon_colour, icon, small) + Px(6);
  DrawText(list, {x, card.min.y}, card.width - (x - card.min.x), theme.text_muted, title, small);
  const float number_y = card.min.y + Px(15);
  ImFont* title_font = CurrentFonts().title;
  const float used =
      DrawText(list, {card.min.x, number_y}, card.width, theme.text, value, title_font);
  const float baseline = number_y + Px(7);
  const float unit_used = DrawText(list, {card.min.x + used + Px(5), baseline},
                                   card.width - used - Px(5), theme.text_muted, unit, small);
  const float remark_width = TextSize(remark, small).x;
  const float room = card.width - used - unit_used - Px(14);
  if (remark_width <= room) {
    DrawText(list, {card.min.x + card.width - remark_width, baseline}, remark_width + 1.0F,
             theme.text_muted, remark, small);
  }
}

void DrawBudgetCard(const Card& card, const char* icon, ImU32 colour, std::string_view title,
                    double value, bool known, double limit, std::string_view now) {
  const Short number = known ? Short("%.1f", value) : Short("–");
  DrawCardHead(card, icon, colour, title, number,
               card.width < Px(130) ? Short("/ %.4g", limit) : Short("of %.4g", limit), now);
  ImGui::SetCursorScreenPos({card.min.x, card.min.y + Px(41)});
  Meter({.value = known ? value : 0.0,
         .limit = limit,
         .colour = colour,
         .width = card.width,
         .height = Px(7)});
}

Short BudgetText(double cost, double limit) {
  const double left = limit - cost;
  return left >= 0.0 ? Short("%.1f left", left) : Short("%.1f over", -left);
}

void DrawReturnCard(const Snapshots& snapshots, const Card& card, const Sums& sums) {
  const Theme& theme = CurrentTheme();
  const sim::StepRecord* step = snapshots.shown_step();
  DrawCardHead(card, kIconReward, theme.reward, "Return", Short("%.2f", sums.episode_return), "",
               "");
  ImFont* small = CurrentFonts().small;
  const Short now("%+.3f now", step != nullptr ? step->reward : 0.0F);
  DrawText(*ImGui::GetWindowDrawList(), {card.min.x, card.min.y + Px(38)}, card.width,
           theme.text_muted, now, small);
}

// One line of the table beside the meters.
struct KindLine {
  const char* icon;
  ImU32 colour;
  std::string_view name;
  Short value;
  bool lit = false;
};

// A line for each kind that this environment can charge, lit while it charges, and one for the
// buttons' timer where the task is about buttons.
std::vector<KindLine> KindLinesOf(const Snapshots& snapshots, const Sums& sums) {
  std::vector<KindLine> lines;
  const EpisodeTrack* track = snapshots.shown_episode();
  if (track == nullptr) return lines;
  const Theme& theme = CurrentTheme();
  const sim::StepRecord* step = snapshots.shown_step();
  for (const sim::CostKind kind : track->scene().spec.cost_kinds) {
    const KindStyle style = CostKindStyle(theme, kind);
    lines.push_back({style.icon, style.colour, style.name,
                     Short("%.1f", sums.by_kind[static_cast<std::size_t>(kind)]),
                     step != nullptr && step->costs[kind] > 0.0});
  }
  if (track->scene().header->config.task == sim::Task::kButton) {
    const int left = step != nullptr ? step->state.button_timer : 0;
    lines.push_back({kIconHistory, theme.text_muted, "Timer",
                     left > 0 ? Short("%d left", left) : Short("on"), left > 0});
  }
  return lines;
}

constexpr std::size_t kLinesPerColumn = 3;
constexpr float kKindColumn = 132.0F;  // at 100 %

float WidthOf(const std::vector<KindLine>& lines, float width) {
  // The meters beside it keep half of the room.
  const std::size_t columns = (lines.size() + kLinesPerColumn - 1) / kLinesPerColumn;
  const float room = std::floor(width * 0.5F / Px(kKindColumn));
  return Px(kKindColumn) * std::min(static_cast<float>(columns), room);
}

void DrawKinds(const std::vector<KindLine>& lines, const Card& card) {
  const Theme& theme = CurrentTheme();
  ImDrawList& list = *ImGui::GetWindowDrawList();
  ImFont* small = CurrentFonts().small;
  const float column = Px(kKindColumn);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const KindLine& line = lines[i];
    const std::size_t column_index = i / kLinesPerColumn;
    const ImVec2 at(card.min.x + column * static_cast<float>(column_index),
                    card.min.y + Px(16.5F) * static_cast<float>(i % kLinesPerColumn));
    if (at.x + column > card.min.x + card.width + Px(4)) break;
    if (line.lit) {
      list.AddRectFilled({at.x - Px(3), at.y}, {at.x + column - Px(6), at.y + Px(16)},
                         WithAlpha(line.colour, 0.30F), Px(3));
    }
    DrawText(list, at, Px(18), line.colour, line.icon, small);
    const float value_width = TextSize(line.value, small).x;
    DrawText(list, {at.x + Px(19), at.y}, column - Px(30) - value_width, theme.text_muted,
             line.name, small);
    DrawText(list, {at.x + column - Px(8) - value_width, at.y}, value_width + 1.0F, theme.text,
             line.value, small);
  }
}

}  // namespace

void DrawMeters(const Snapshots& snapshots) {
  const Theme& theme = CurrentTheme();
  const Sums sums = SumsOf(snapshots);
  const sim::StepRecord* step = snapshots.shown_step();
  const ImVec2 origin = ImGui::GetCursorScreenPos();
  const float width = ImGui::GetContentRegionAvail().x;
  const float gap = Px(18);
  const float narrow = Px(88);
  const std::vector<KindLine> lines = KindLinesOf(snapshots, sums);
  const float for_kinds = width > Px(520) ? WidthOf(lines, width) : 0.0F;
  const float meters = width - narrow - for_kinds - gap * (for_kinds > 0.0F ? 3.0F : 2.0F);
  const float meter = std::max(Px(70), meters * 0.5F);

  Card card{origin, meter};
  DrawBudgetCard(card, kIconBudget, theme.true_cost, meter < Px(130) ? "Rule" : "Cost, by the rule",
                 sums.cost, true, snapshots.cost_limit,
                 BudgetText(sums.cost, snapshots.cost_limit));
  card.min.x += meter + gap;
  const bool predicts = sums.has_prediction && step != nullptr;
  const Short now =
      predicts ? Short("%.2f \xC2\xB1 %.2f now", step->predicted_cost, step->predicted_cost_spread)
               : Short("no model yet");
  DrawBudgetCard(card, kIconModel, theme.predicted_cost,
                 meter < Px(130) ? "Learned" : "Cost, as learned", sums.predicted, predicts,
                 snapshots.cost_limit, now);
  card.min.x += meter + gap;
  card.width = narrow;
  DrawReturnCard(snapshots, card, sums);
  card.min.x += narrow + gap;
  card.width = for_kinds;
  if (for_kinds > 0.0F) DrawKinds(lines, card);
}

}  // namespace lookout::ui
