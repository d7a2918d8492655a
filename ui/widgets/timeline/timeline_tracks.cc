// The curves of the timeline; each looks only at what is behind the visible pixels.
#include <algorithm>
#include <cmath>

#include "ui/theme/kinds.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/draw.h"
#include "ui/widgets/text.h"
#include "ui/widgets/timeline/timeline_rows.h"

namespace lookout::ui {
namespace {

struct StepRange {
  std::size_t first = 0;
  std::size_t last = 0;  // exclusive
  bool empty() const { return first >= last; }
};

// Calls draw(x, steps behind that pixel column) for every column that shows a recorded step.
template <typename Draw>
void ForEachColumn(const Rect& row, const TimelineAxis& axis, std::size_t steps, Draw draw) {
  const auto step_at = [&](float x) {
    return static_cast<std::size_t>(std::max(0.0, std::floor(axis.Step(x) + 0.5)));
  };
  for (float x = std::floor(row.min.x); x < row.max.x; x += 1.0F) {
    const std::size_t first = step_at(x);
    if (first >= steps) return;
    draw(x, StepRange{first, std::clamp(step_at(x + 1.0F), first + 1, steps)});
  }
}

// The extremes of what is visible, for the vertical scale.
MinMax Visible(std::span<const float> values, const DecimatedSeries& series,
               const TimelineAxis& axis) {
  const auto first = static_cast<std::size_t>(std::max(0.0, std::floor(axis.first())));
  const auto last = static_cast<std::size_t>(std::max(0.0, std::ceil(axis.last()) + 1.0));
  return series.Range(values, first, last);
}

void DrawTrackBack(ImDrawList& list, const Rect& row) {
  list.AddRectFilled({row.min.x, row.min.y}, {row.max.x, row.max.y},
                     WithAlpha(CurrentTheme().raised, 0.45F), Px(3));
}

// The ghost's true cost as marks along the top, its predicted cost as a line in its own colour.
template <typename YOf>
void DrawGhost(ImDrawList& list, const Rect& row, const TimelineData& data,
               const TimelineAxis& axis, const YOf& y_of) {
  ForEachColumn(row, axis, data.ghost_cost.size(), [&](float x, StepRange steps) {
    const auto first = data.ghost_cost.begin() + static_cast<std::ptrdiff_t>(steps.first);
    const auto last = data.ghost_cost.begin() + static_cast<std::ptrdiff_t>(steps.last);
    if (std::none_of(first, last, [](float cost) { return cost > 0.0F; })) return;
    list.AddRectFilled({x, row.min.y}, {x + 1.0F, row.min.y + Px(4)}, kGhostColour);
  });
  PolylinePen pen(list, kGhostColour, Px(1.4F));
  ForEachColumn(row, axis, data.ghost_predicted.size(), [&](float x, StepRange steps) {
    const float value = data.ghost_predicted[(steps.first + steps.last) / 2];
    if (std::isfinite(value)) {
      pen.To({x + 0.5F, y_of(value)});
    } else {
      pen.Break();
    }
  });
}

}  // namespace

void DrawActors(ImDrawList& list, const TimelineRows& rows, const TimelineData& data,
                const TimelineAxis& axis) {
  if (data.actors.size() < 2) return;
  const Theme& theme = CurrentTheme();
  const Rect& row = rows.actors;
  DrawTrackBack(list, row);
  ImFont* small = CurrentFonts().small;
  const float y = std::round((row.min.y + row.max.y - TextSize("0", small).y) * 0.5F);
  for (std::size_t i = 0; i < data.actors.size(); ++i) {
    const TimelineActor& actor = data.actors[i];
    const StepIndex end = i + 1 < data.actors.size() ? data.actors[i + 1].first : data.steps;
    const float left = std::max(axis.X(actor.first - 0.5), row.min.x);
    const float right = std::min(axis.X(end - 0.5), row.max.x);
    if (right <= left) continue;
    if (actor.overseen) {
      const float end_px = std::max(right, left + Px(2));  // a single step is to be seen, too
      DrawHatched(list, {{left, row.min.y}, {end_px, row.max.y}}, WithAlpha(actor.colour, 0.32F),
                  actor.colour, Hatch::kDiagonal);
    } else {
      list.AddRectFilled({left, row.min.y}, {right, row.max.y}, WithAlpha(actor.colour, 0.32F));
    }
    list.AddLine({left, row.min.y}, {left, row.max.y}, actor.colour, Px(1.5F));
    if (CurrentUi().recorder() != nullptr) {
      NoteRect(Short("timeline/actor/%zu", i), {left, row.min.y}, {right, row.max.y});
    }
    const float inside = right - left - Px(8);
    if (inside > Px(16)) {
      if (actor.overseen) {  // the words are to be read beside the hatching
        const float end_px = left + Px(8) + std::min(TextSize(actor.name, small).x, inside);
        list.AddRectFilled({left + Px(2), row.min.y + Px(1)}, {end_px, row.max.y - Px(1)},
                           WithAlpha(theme.panel, 0.85F), Px(2));
      }
      DrawText(list, {left + Px(5), y}, inside, theme.text, actor.name, small);
    }
  }
}

void DrawReward(ImDrawList& list, const TimelineRows& rows, const TimelineData& data,
                const TimelineState& state) {
  const Theme& theme = CurrentTheme();
  const Rect& row = rows.reward;
  DrawTrackBack(list, row);
  const MinMax range = Visible(data.reward, state.reward, state.axis);
  const float largest = std::max({std::abs(range.min), std::abs(range.max), 1e-9F});
  const float above = range.max > 0.0F ? range.max / largest : 0.0F;
  const float below = range.min < 0.0F ? -range.min / largest : 0.0F;
  // Square roots, so that the steady dense reward shows beside the bonus for a goal.
  const float up = std::sqrt(above);
  const float down = std::max(std::sqrt(below), up > 0.0F ? 0.0F : 1.0F);
  const float unit = (row.height() - Px(4)) / std::max(up + down, 1e-3F);
  const float zero = row.min.y + Px(2) + up * unit;
  const auto y_of = [&](float value) {
    return zero - std::copysign(std::sqrt(std::abs(value) / largest), value) * unit;
  };
  ForEachColumn(row, state.axis, data.reward.size(), [&](float x, StepRange steps) {
    const MinMax column = state.reward.Range(data.reward, steps.first, steps.last);
    if (column.empty()) return;
    const float top = y_of(std::max(column.max, 0.0F));
    const float bottom = std::max(y_of(std::min(column.min, 0.0F)), top + 1.0F);
    list.AddRectFilled({x, top}, {x + 1.0F, bottom}, WithAlpha(theme.reward, 0.85F));
  });
  list.AddLine({row.min.x, zero}, {row.max.x, zero}, theme.border_strong);
}

void DrawCosts(ImDrawList& list, const TimelineRows& rows, const TimelineData& data,
               const TimelineAxis& axis) {
  for (int i = 0; i < rows.cost_rows; ++i) DrawTrackBack(list, rows.Cost(i));
  for (std::size_t i = 0; i < data.costs.size(); ++i) {
    const TimelineCost& kind = data.costs[i];
    if (kind.steps == 0 || !(kind.SoFar(kind.steps - 1) > 0.0F)) continue;
    const Rect row = rows.Cost(static_cast<int>(i));
    ForEachColumn(row, axis, kind.steps, [&](float x, StepRange steps) {
      const float before = steps.first > 0 ? kind.SoFar(steps.first - 1) : 0.0F;
      const float cost = kind.SoFar(steps.last - 1) - before;
      if (!(cost > 0.0F)) return;
      const float mean = std::min(1.0F, cost / static_cast<float>(steps.last - steps.first));
      const float height = row.height() * std::max(0.35F, mean);
      list.AddRectFilled({x, row.max.y - height}, {x + 1.0F, row.max.y}, kind.colour);
    });
  }
}

void DrawComparison(ImDrawList& list, const TimelineRows& rows, const TimelineData& data,
                    const TimelineState& state) {
  const Theme& theme = CurrentTheme();
  const Rect& row = rows.comparison;
  DrawTrackBack(list, row);
  const MinMax costs = Visible(data.cost, state.cost, state.axis);
  const float full = std::max(1.0F, costs.max);
  const auto y_of = [&](float value) {
    const float share = std::clamp(value / full, 0.0F, 1.0F);
    return row.max.y - Px(2) - share * (row.height() - Px(4));
  };
  ForEachColumn(row, state.axis, data.cost.size(), [&](float x, StepRange steps) {
    const MinMax truth = state.cost.Range(data.cost, steps.first, steps.last);
    if (truth.max > 0.0F) {
      list.AddRectFilled({x, y_of(truth.max)}, {x + 1.0F, row.max.y},
                         WithAlpha(theme.true_cost, 0.42F));
    }
    const MinMax mean = state.predicted.Range(data.predicted, steps.first, steps.last);
    const MinMax spread = state.spread.Range(data.spread, steps.first, steps.last);
    if (mean.empty() || !(spread.max > 0.0F)) return;
    list.AddRectFilled({x, y_of(mean.max + spread.max)}, {x + 1.0F, y_of(mean.min - spread.max)},
                       WithAlpha(theme.predicted_cost, 0.28F));
  });
  DrawGhost(list, row, data, state.axis, y_of);
  PolylinePen pen(list, theme.predicted_cost, Px(1.6F));
  ForEachColumn(row, state.axis, data.predicted.size(), [&](float x, StepRange steps) {
    const MinMax mean = state.predicted.Range(data.predicted, steps.first, steps.last);
    if (mean.empty()) {
      pen.Break();
      return;
    }
    pen.To({x + 0.5F, y_of((mean.min + mean.max) * 0.5F)});
  });
}

}  // namespace lookout::ui
