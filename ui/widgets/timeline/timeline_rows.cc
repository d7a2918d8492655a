#include "ui/widgets/timeline/timeline_rows.h"

#include <algorithm>
#include <cmath>

#include "ui/theme/icons.h"
#include "ui/theme/kinds.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/draw.h"
#include "ui/widgets/text.h"

namespace lookout::ui {
namespace {

constexpr float kGutter = 116.0F;
constexpr float kGap = 5.0F;
constexpr float kTightGap = 2.0F;
constexpr float kRuler = 20.0F, kTightRuler = 17.0F;
constexpr float kLane = 21.0F, kTightLane = 17.0F;
constexpr float kReward = 34.0F, kComparison = 44.0F;  // at least, where there is room
constexpr float kRow = 16.0F;                          // the least whose name can be read

// What is shown of the rows, and how high the fixed ones are. All at 100 %.
struct RowPlan {
  bool actors = false;  // where somebody took over
  bool reward = true, comparison = true;
  int cost_rows = 0;
  int lanes = 1;
  float gap = kGap, ruler = kRuler, lane = kLane;

  float FixedHeight() const {
    const int gaps =
        1 + (actors ? 1 : 0) + (reward ? 1 : 0) + (comparison ? 1 : 0) + (cost_rows > 0 ? 1 : 0);
    const int rows = cost_rows + (actors ? 1 : 0);
    return ruler + gap * static_cast<float>(gaps) + kRow * static_cast<float>(rows) +
           lane * static_cast<float>(lanes);
  }
  float FullHeight() const {
    return FixedHeight() + (reward ? kReward : 0.0F) + (comparison ? kComparison : 0.0F);
  }
  float LeastHeight() const {
    return FixedHeight() + kRow * static_cast<float>((reward ? 1 : 0) + (comparison ? 1 : 0));
  }
};

RowPlan PlanRows(const TimelineData& data, float height) {
  const int lanes = std::max<int>(static_cast<int>(data.lanes.size()), 1);
  RowPlan plan{.actors = data.actors.size() > 1,
               .comparison = !data.costs_hidden,
               .cost_rows = static_cast<int>(data.costs.size()),
               .lanes = lanes};
  if (height >= plan.FullHeight()) return plan;
  plan.gap = kTightGap;
  plan.ruler = kTightRuler;
  plan.lane = kTightLane;
  const auto fits = [&] { return plan.LeastHeight() <= height; };
  while (!fits() && plan.lanes > 2) --plan.lanes;
  while (!fits() && plan.cost_rows > 1) --plan.cost_rows;
  if (!fits()) plan.lanes = 1;
  if (!fits()) plan.reward = false;
  if (!fits()) plan.cost_rows = 0;
  if (!fits()) plan.comparison = false;
  if (!fits()) plan.actors = false;
  return plan;
}

Rect Below(const Rect& above, float gap, float height) {
  return {{above.min.x, above.max.y + gap}, {above.max.x, above.max.y + gap + height}};
}

void DrawRowName(ImDrawList& list, const TimelineRows& rows, const Rect& row, const char* icon,
                 ImU32 icon_colour, std::string_view name) {
  ImFont* small = CurrentFonts().small;
  const float height = TextSize("0", small).y;
  const float y = std::round((row.min.y + row.max.y - height) * 0.5F);
  const float left = rows.gutter_left;
  NoteRect("timeline/name", {left, y}, {rows.all.min.x, y + height});
  if (*icon != '\0') {
    DrawText(list, {left + Px(2), y}, Px(20), icon_colour, icon, small);
  }
  DrawText(list, {left + Px(20), y}, rows.all.min.x - left - Px(26), CurrentTheme().text_muted,
           name, small);
}

}  // namespace

float TimelineHeight(std::size_t costs, std::size_t lanes, std::size_t actors, bool costs_hidden) {
  const RowPlan plan{.actors = actors > 1,
                     .comparison = !costs_hidden,
                     .cost_rows = static_cast<int>(costs),
                     .lanes = static_cast<int>(std::max<std::size_t>(lanes, 1))};
  return Px(plan.FullHeight());
}

Rect TimelineRows::Cost(int row) const {
  const float top = costs.min.y + cost_height * static_cast<float>(std::min(row, cost_rows - 1));
  return {{costs.min.x, top + 1.0F}, {costs.max.x, top + cost_height - 1.0F}};
}

Rect TimelineRows::Lane(int row) const {
  const float top = lanes.min.y + lane_height * static_cast<float>(row);
  return {{lanes.min.x, top + 1.0F}, {lanes.max.x, top + lane_height - 1.0F}};
}

int TimelineRows::LaneAt(float y) const {
  if (y < lanes.min.y || y >= lanes.max.y) return -1;
  return std::min(lane_count - 1, static_cast<int>((y - lanes.min.y) / lane_height));
}

TimelineRows LayOutTimeline(const TimelineData& data, ImVec2 min, ImVec2 size) {
  TimelineRows rows;
  const float gutter = std::min(Px(kGutter), size.x * 0.3F);
  rows.gutter_left = min.x;
  rows.all = {{min.x + gutter, min.y}, {min.x + size.x - Px(6), min.y + size.y}};
  const RowPlan plan = PlanRows(data, size.y / Px(1.0F));
  rows.cost_rows = plan.cost_rows;
  rows.cost_height = Px(kRow);
  rows.lane_height = Px(plan.lane);
  rows.lane_count = plan.lanes;
  // Lanes and cost rows have their height; reward and comparison share what is left.
  const float gap = Px(plan.gap);
  const float left = std::max(0.0F, size.y - Px(plan.FixedHeight()));
  const float least = std::min(Px(kRow), 0.5F * left);
  const float reward = plan.comparison ? std::max(least, 0.42F * left) : left;
  const float costs = rows.cost_height * static_cast<float>(plan.cost_rows);
  const auto below = [gap](const Rect& above, bool shown, float height) {
    return Below(above, shown ? gap : 0.0F, shown ? height : 0.0F);
  };
  rows.ruler = {rows.all.min, {rows.all.max.x, rows.all.min.y + Px(plan.ruler)}};
  rows.actors = below(rows.ruler, plan.actors, Px(kRow));
  rows.reward = below(rows.actors, plan.reward, reward);
  rows.costs = below(rows.reward, plan.cost_rows > 0, costs);
  rows.comparison = below(rows.costs, plan.comparison, plan.reward ? left - reward : left);
  rows.lanes = Below(rows.comparison, gap, rows.lane_height * static_cast<float>(plan.lanes));
  return rows;
}

namespace {

// Of the step's number at the playhead: beside it where what the step goes by stands at its left.
// Empty if the playhead is not in sight.
Rect FlagRect(const TimelineRows& rows, const TimelineData& data, const TimelineAxis& axis) {
  const float x = std::round(axis.X(data.playhead));
  const bool in_sight = x >= rows.all.min.x - 1.0F && x <= rows.all.max.x + 1.0F;
  if (data.steps == 0 || !in_sight) return {};
  const float width = TextSize(Short("%d", data.playhead), CurrentFonts().small).x + Px(10);
  const float wanted = data.attended.empty() ? x - width * 0.5F : x + Px(3);
  const float left =
      std::clamp(wanted, rows.all.min.x, std::max(rows.all.min.x, rows.all.max.x - width));
  return {{left, rows.ruler.min.y}, {left + width, rows.ruler.max.y - Px(2)}};
}

void DrawAttended(ImDrawList& list, const TimelineRows& rows, const TimelineData& data,
                  const TimelineAxis& axis) {
  const ImU32 colour = CurrentTheme().accent;
  const float half = Px(1.5F);
  for (const TimelineAttended& attended : data.attended) {
    const float x = axis.X(attended.step);
    if (x < rows.all.min.x || x > rows.all.max.x) continue;
    const float top = rows.ruler.max.y - attended.share * rows.ruler.height();
    list.AddRectFilled({x - half, top}, {x + half, rows.ruler.max.y},
                       WithAlpha(colour, 0.35F + 0.65F * attended.share));
  }
}

void DrawFlag(ImDrawList& list, const TimelineRows& rows, const TimelineData& data,
              const TimelineAxis& axis) {
  const Rect flag = FlagRect(rows, data, axis);
  if (flag.empty()) return;
  const Theme& theme = CurrentTheme();
  const float x = std::round(axis.X(data.playhead));
  const ImU32 colour = data.live ? theme.playhead : theme.accent;
  list.AddRectFilled({x - Px(0.75F), rows.ruler.max.y}, {x + Px(0.75F), rows.lanes.max.y}, colour);
  list.AddRectFilled(flag.min, flag.max, colour, Px(4));
  DrawText(list, {flag.min.x + Px(5), flag.min.y + Px(1)}, flag.width(), theme.text_on_accent,
           Short("%d", data.playhead), CurrentFonts().small);
  NoteRect("timeline/flag", flag.min, flag.max);
}

}  // namespace

void DrawRuler(ImDrawList& list, const TimelineRows& rows, const TimelineData& data,
               const TimelineAxis& axis) {
  const Theme& theme = CurrentTheme();
  ImFont* small = CurrentFonts().small;
  const int most = std::max(2, static_cast<int>(rows.all.width() / Px(90)));
  const double step = std::max(1.0, NiceStep(axis.last() - axis.first(), most));
  const float bottom = rows.ruler.max.y;
  const Rect flag = FlagRect(rows, data, axis);
  double tick = std::ceil(axis.first() / step) * step;
  for (int i = 0; i < 100 && tick <= axis.last(); ++i, tick += step) {
    const float x = std::round(axis.X(tick));
    list.AddLine({x, bottom - Px(4)}, {x, bottom}, theme.text_muted);
    list.AddLine({x, bottom + Px(2)}, {x, rows.lanes.max.y}, theme.plot_grid);
    const Short label("%.0f", tick);
    const float width = TextSize(label, small).x;
    const float left = std::clamp(x - width * 0.5F, rows.all.min.x, rows.all.max.x - width);
    // The playhead's flag covers its own place.
    if (left < flag.max.x + Px(6) && left + width > flag.min.x - Px(6)) continue;
    DrawText(list, {left, rows.ruler.min.y + Px(1)}, width + 1.0F, theme.text_muted, label, small);
  }
  // What is not recorded yet is a shade darker.
  const float end = std::clamp(axis.X(data.steps - 0.5), rows.all.min.x, rows.all.max.x);
  if (end < rows.all.max.x) {
    list.AddRectFilled({end, bottom}, {rows.all.max.x, rows.lanes.max.y},
                       WithAlpha(theme.background, 0.45F));
  }
}

void DrawGutter(ImDrawList& list, const TimelineRows& rows, const TimelineData& data) {
  const Theme& theme = CurrentTheme();
  DrawText(list, {rows.gutter_left + Px(20), rows.ruler.min.y + Px(1)}, Px(kGutter),
           theme.text_muted, "Step", CurrentFonts().small);
  if (!rows.actors.empty()) {
    DrawRowName(list, rows, rows.actors, kIconAgent, theme.text_muted, "Who acts");
  }
  if (!rows.reward.empty()) {
    DrawRowName(list, rows, rows.reward, kIconReward, theme.reward, "Reward");
  }
  const int costs = static_cast<int>(data.costs.size());
  for (int i = 0; i < rows.cost_rows; ++i) {
    const TimelineCost& cost = data.costs[static_cast<std::size_t>(i)];
    const bool shared = i == rows.cost_rows - 1 && rows.cost_rows < costs;
    const Short several =
        rows.cost_rows == 1 ? Short("Costs") : Short("%d others", costs - rows.cost_rows + 1);
    DrawRowName(list, rows, rows.Cost(i), shared ? kIconBudget : cost.icon,
                shared ? theme.true_cost : cost.colour, shared ? several : cost.name);
  }
  if (!rows.comparison.empty()) {
    const std::string_view danger = data.danger_name;
    DrawRowName(list, rows, rows.comparison, kIconModel, theme.predicted_cost,
                danger.empty() ? "Predicted, true" : danger);
  }
  for (int i = 0; i < rows.lane_count; ++i) {
    const auto lane = static_cast<std::size_t>(i);
    const TimelineLane whose = lane < data.lanes.size()
                                   ? data.lanes[lane]
                                   : TimelineLane{.name = "me", .colour = theme.text_muted};
    DrawRowName(list, rows, rows.Lane(i), whose.further ? kIconMark : kIconPerson, whose.colour,
                whose.name);
  }
}

void DrawPlayhead(ImDrawList& list, const TimelineRows& rows, const TimelineData& data,
                  const TimelineAxis& axis) {
  DrawFlag(list, rows, data, axis);
  DrawAttended(list, rows, data, axis);
}

}  // namespace lookout::ui
