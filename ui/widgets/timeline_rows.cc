#include "ui/widgets/timeline_rows.h"

#include <algorithm>
#include <cmath>

#include "ui/theme/icons.h"
#include "ui/theme/kinds.h"
#include "ui/widgets/draw.h"
#include "ui/widgets/text.h"

namespace lookout::ui {
namespace {

constexpr float kGutter = 116.0F;
constexpr float kRuler = 20.0F;
constexpr float kGap = 5.0F;
constexpr float kCostRow = 13.0F;
constexpr float kLane = 21.0F;
constexpr float kSmallestTrack = 26.0F;

Rect Below(const Rect& above, float gap, float height) {
  return {{above.min.x, above.max.y + gap}, {above.max.x, above.max.y + gap + height}};
}

void DrawRowName(ImDrawList& list, const TimelineRows& rows, const Rect& row, const char* icon,
                 ImU32 icon_colour, std::string_view name) {
  ImFont* small = CurrentFonts().small;
  const float height = TextSize("0", small).y;
  const float y = std::round((row.min.y + row.max.y - height) * 0.5F);
  const float left = rows.gutter_left;
  if (*icon != '\0') {
    DrawText(list, {left + Px(2), y}, Px(20), icon_colour, icon, small);
  }
  DrawText(list, {left + Px(20), y}, rows.all.min.x - left - Px(26), CurrentTheme().text_muted,
           name, small);
}

}  // namespace

float TimelineHeight(std::size_t cost_kinds, std::size_t lanes) {
  return Px(kRuler + 4 * kGap + 34.0F + 44.0F + kCostRow * static_cast<float>(cost_kinds) +
            kLane * static_cast<float>(std::max<std::size_t>(lanes, 1)));
}

Rect TimelineRows::Cost(int row) const {
  const float top = costs.min.y + cost_height * static_cast<float>(row);
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
  rows.cost_height = Px(kCostRow);
  rows.lane_height = Px(kLane);
  // Lanes and cost rows have their height; reward and comparison share what is left.
  const bool tight = size.y < TimelineHeight(data.cost_kinds.size(), data.lanes.size());
  const float gap = Px(tight ? 2.0F : kGap);
  const float costs = rows.cost_height * static_cast<float>(data.cost_kinds.size());
  const float fixed = Px(kRuler) + 4 * gap + costs;
  const float for_lanes = size.y - fixed - 2.0F * Px(kSmallestTrack);
  const int most_lanes = std::max(1, static_cast<int>(for_lanes / rows.lane_height));
  rows.lane_count = std::clamp(static_cast<int>(data.lanes.size()), 1, most_lanes);
  const float lanes = rows.lane_height * static_cast<float>(rows.lane_count);
  const float tracks = std::max(2.0F * Px(8), size.y - fixed - lanes);
  rows.ruler = {rows.all.min, {rows.all.max.x, rows.all.min.y + Px(kRuler)}};
  rows.reward = Below(rows.ruler, gap, tracks * 0.42F);
  rows.costs = Below(rows.reward, gap, costs);
  rows.comparison = Below(rows.costs, gap, tracks * 0.58F);
  rows.lanes = Below(rows.comparison, gap, lanes);
  return rows;
}

void DrawRuler(ImDrawList& list, const TimelineRows& rows, const TimelineData& data,
               const TimelineAxis& axis) {
  const Theme& theme = CurrentTheme();
  ImFont* small = CurrentFonts().small;
  const int most = std::max(2, static_cast<int>(rows.all.width() / Px(90)));
  const double step = std::max(1.0, NiceStep(axis.last() - axis.first(), most));
  const float bottom = rows.ruler.max.y;
  double tick = std::ceil(axis.first() / step) * step;
  for (int i = 0; i < 100 && tick <= axis.last(); ++i, tick += step) {
    const float x = std::round(axis.X(tick));
    list.AddLine({x, bottom - Px(4)}, {x, bottom}, theme.text_muted);
    list.AddLine({x, bottom + Px(2)}, {x, rows.lanes.max.y}, theme.plot_grid);
    // The playhead's flag covers its own place.
    if (std::abs(x - axis.X(data.playhead)) < Px(36)) continue;
    const Short label("%.0f", tick);
    const float width = TextSize(label, small).x;
    const float left = std::clamp(x - width * 0.5F, rows.all.min.x, rows.all.max.x - width);
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
  DrawRowName(list, rows, rows.reward, kIconReward, theme.reward, "Reward");
  for (int i = 0; i < static_cast<int>(data.cost_kinds.size()); ++i) {
    const KindStyle kind = CostKindStyle(theme, data.cost_kinds[static_cast<std::size_t>(i)]);
    DrawRowName(list, rows, rows.Cost(i), kind.icon, kind.colour, kind.name);
  }
  DrawRowName(list, rows, rows.comparison, kIconModel, theme.predicted_cost, "Predicted, true");
  for (int i = 0; i < rows.lane_count; ++i) {
    const auto lane = static_cast<std::size_t>(i);
    const std::string_view name = lane < data.lanes.size() ? data.lanes[lane] : "me";
    DrawRowName(list, rows, rows.Lane(i), kIconMark, theme.text_muted, name);
  }
}

void DrawPlayhead(ImDrawList& list, const TimelineRows& rows, const TimelineData& data,
                  const TimelineAxis& axis) {
  if (data.steps == 0) return;
  const Theme& theme = CurrentTheme();
  const float x = std::round(axis.X(data.playhead));
  if (x < rows.all.min.x - 1.0F || x > rows.all.max.x + 1.0F) return;
  const ImU32 colour = data.live ? theme.playhead : theme.accent;
  list.AddRectFilled({x - Px(0.75F), rows.ruler.max.y}, {x + Px(0.75F), rows.lanes.max.y}, colour);
  // A flag with the step's number.
  ImFont* small = CurrentFonts().small;
  const Short label("%d", data.playhead);
  const ImVec2 size = TextSize(label, small);
  const float width = size.x + Px(10);
  const float left = std::clamp(x - width * 0.5F, rows.all.min.x, rows.all.max.x - width);
  list.AddRectFilled({left, rows.ruler.min.y}, {left + width, rows.ruler.max.y - Px(2)}, colour,
                     Px(4));
  DrawText(list, {left + Px(5), rows.ruler.min.y + Px(1)}, width, theme.text_on_accent, label,
           small);
}

}  // namespace lookout::ui
