#include "ui/panels/meters_panel.h"

#include <algorithm>
#include <cmath>

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

// One line per kind that this environment can charge: shape, name, sum; lit while it charges.
void DrawKinds(const Snapshots& snapshots, const Card& card, const Sums& sums) {
  const EpisodeTrack* track = snapshots.shown_episode();
  if (track == nullptr) return;
  const Theme& theme = CurrentTheme();
  const sim::StepRecord* step = snapshots.shown_step();
  ImDrawList& list = *ImGui::GetWindowDrawList();
  ImFont* small = CurrentFonts().small;
  const auto& kinds = track->scene().spec.cost_kinds;
  const int rows = 3;
  const float column = Px(132);
  for (std::size_t i = 0; i < kinds.size(); ++i) {
    const KindStyle style = CostKindStyle(theme, kinds[i]);
    const ImVec2 at(card.min.x + column * static_cast<float>(i / rows),
                    card.min.y + Px(16.5F) * static_cast<float>(i % rows));
    if (at.x + column > card.min.x + card.width + Px(4)) break;
    const bool charging = step != nullptr && step->costs[kinds[i]] > 0.0;
    if (charging) {
      list.AddRectFilled({at.x - Px(3), at.y}, {at.x + column - Px(6), at.y + Px(16)},
                         WithAlpha(style.colour, 0.30F), Px(3));
    }
    DrawText(list, at, Px(18), style.colour, style.icon, small);
    const Short sum("%.1f", sums.by_kind[static_cast<std::size_t>(kinds[i])]);
    const float sum_width = TextSize(sum, small).x;
    DrawText(list, {at.x + Px(19), at.y}, column - Px(30) - sum_width, theme.text_muted, style.name,
             small);
    DrawText(list, {at.x + column - Px(8) - sum_width, at.y}, sum_width + 1.0F, theme.text, sum,
             small);
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
  const EpisodeTrack* track = snapshots.shown_episode();
  const std::size_t kinds = track != nullptr ? track->scene().spec.cost_kinds.size() : 0;
  const float for_kinds = kinds > 0 && width > Px(520) ? Px(132) * (kinds > 3 ? 2.0F : 1.0F) : 0.0F;
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
  if (for_kinds > 0.0F) DrawKinds(snapshots, card, sums);
}

}  // namespace lookout::ui
