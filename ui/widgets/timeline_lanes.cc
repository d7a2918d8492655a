// Marks on their lanes, and the span that is being dragged.
#include <algorithm>
#include <cmath>

#include "ui/theme/icons.h"
#include "ui/theme/kinds.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/draw.h"
#include "ui/widgets/text.h"
#include "ui/widgets/timeline_rows.h"

namespace lookout::ui {
namespace {

Hatch HatchOf(agents::Verdict verdict) {
  switch (verdict) {
    case agents::Verdict::kUnsafe:
      return Hatch::kDiagonal;
    case agents::Verdict::kUnsure:
      return Hatch::kDots;
    case agents::Verdict::kSafe:
      break;
  }
  return Hatch::kNone;
}

// The span as it would be if the mouse were released now.
void ApplyDrag(const TimelineDrag& drag, TimelineMark& mark) {
  const bool edge =
      drag.kind == TimelineDrag::Kind::kFirstEdge || drag.kind == TimelineDrag::Kind::kLastEdge;
  if (!edge || drag.mark != mark.id) return;
  mark.first = std::min(drag.anchor, drag.current);
  mark.last = std::max(drag.anchor, drag.current);
}

void DrawLag(ImDrawList& list, const TimelineRows& rows, const TimelineAxis& axis,
             const TimelineMark& mark, ImU32 colour) {
  if (mark.lag_steps <= 0) return;
  const Rect shifted = MarkRect(rows, axis, mark.lane, std::max(0, mark.first - mark.lag_steps),
                                std::max(0, mark.last - mark.lag_steps));
  list.AddRectFilled({shifted.min.x, shifted.max.y - Px(1)}, {shifted.max.x, shifted.max.y + Px(1)},
                     colour);
}

void DrawMark(ImDrawList& list, const TimelineRows& rows, const TimelineAxis& axis,
              const TimelineMark& mark, bool selected) {
  const Theme& theme = CurrentTheme();
  const KindStyle style = VerdictStyle(theme, mark.verdict);
  const Rect rect = MarkRect(rows, axis, mark.lane, mark.first, mark.last);
  const float fill = selected ? 0.55F : 0.34F;
  DrawHatched(list, rect, WithAlpha(style.colour, fill), WithAlpha(style.colour, 0.5F),
              HatchOf(mark.verdict));
  list.AddRect(rect.min, rect.max, selected ? theme.text : style.colour, Px(2), 0,
               selected ? Px(1.5F) : 1.0F);
  DrawLag(list, rows, axis, mark, style.colour);
  ImFont* small = CurrentFonts().small;
  const float y = std::round((rect.min.y + rect.max.y - TextSize("0", small).y) * 0.5F);
  const float inside = rect.width() - Px(6);
  if (inside >= Px(12)) {
    const float icon =
        DrawText(list, {rect.min.x + Px(4), y}, inside, theme.text, style.icon, small);
    if (inside > Px(50)) {
      DrawText(list, {rect.min.x + icon + Px(9), y}, inside - icon - Px(8), theme.text, mark.label,
               small);
    }
  }
  if (!mark.saved) {
    DrawDashedLine(list, {rect.min.x, rect.min.y}, {rect.max.x, rect.min.y}, theme.warning, Px(2),
                   Px(3));
  }
}

void NoteMark(const TimelineMark& mark, const Rect& rect) {
  if (CurrentUi().recorder() == nullptr || mark.id == 0) return;
  const Short name("mark/%lld", static_cast<long long>(mark.id));
  NoteRect(name, rect.min, rect.max);
}

}  // namespace

Rect MarkRect(const TimelineRows& rows, const TimelineAxis& axis, int lane, StepIndex first,
              StepIndex last) {
  const Rect row = rows.Lane(std::min(lane, rows.lane_count - 1));
  const float left = std::max(axis.X(first - 0.5), rows.all.min.x - Px(20));
  const float right = std::min(axis.X(last + 0.5), rows.all.max.x + Px(20));
  return {{left, row.min.y + Px(1)}, {std::max(right, left + Px(2)), row.max.y - Px(1)}};
}

void DrawMarks(ImDrawList& list, const TimelineRows& rows, const TimelineData& data,
               const TimelineState& state) {
  const Theme& theme = CurrentTheme();
  for (int i = 0; i < rows.lane_count; ++i) {
    const Rect lane = rows.Lane(i);
    list.AddRectFilled(lane.min, lane.max, WithAlpha(theme.raised, 0.6F), Px(3));
  }
  if (data.marks.empty() && !data.open && state.drag.kind != TimelineDrag::Kind::kAdd) {
    const Rect lane = rows.Lane(0);
    DrawText(list, {lane.min.x + Px(8), lane.min.y + Px(2)}, lane.width() - Px(12),
             theme.text_muted, "Hold X while it plays to mark what is unsafe, or Ctrl+drag here",
             CurrentFonts().small);
  }
  const ScopedClip clip(rows.lanes.min, {rows.lanes.max.x, rows.lanes.max.y + Px(2)});
  for (TimelineMark mark : data.marks) {
    ApplyDrag(state.drag, mark);
    if (mark.last < state.axis.first() - 1.0 || mark.first > state.axis.last() + 1.0) continue;
    DrawMark(list, rows, state.axis, mark, mark.id == data.selected);
    NoteMark(mark, MarkRect(rows, state.axis, mark.lane, mark.first, mark.last));
  }
  if (data.open) {
    TimelineMark open = *data.open;
    if (open.first > open.last) std::swap(open.first, open.last);
    DrawMark(list, rows, state.axis, open, true);
  }
  if (state.drag.kind == TimelineDrag::Kind::kAdd) {
    const TimelineMark added{.lane = state.drag.lane,
                             .first = std::min(state.drag.anchor, state.drag.current),
                             .last = std::max(state.drag.anchor, state.drag.current),
                             .verdict = data.verdict_to_add,
                             .label = VerdictStyle(theme, data.verdict_to_add).name};
    DrawMark(list, rows, state.axis, added, true);
  }
}

}  // namespace lookout::ui
