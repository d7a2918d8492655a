// Marks on their lanes, and the span that is being dragged.
#include <algorithm>
#include <cmath>

#include "ui/theme/icons.h"
#include "ui/theme/kinds.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/draw.h"
#include "ui/widgets/text.h"
#include "ui/widgets/timeline/timeline_rows.h"

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

// A clip of a pair is no span that somebody called unsafe, and clips often overlap: a bracket at
// the lane's foot. The selected one is framed and says how it was judged.
void DrawClip(ImDrawList& list, const TimelineRows& rows, const TimelineAxis& axis,
              const TimelineMark& mark, bool selected) {
  const Theme& theme = CurrentTheme();
  const KindStyle style = VerdictStyle(theme, mark.verdict);
  const ImU32 colour = selected ? theme.text : style.colour;
  const Rect rect = MarkRect(rows, axis, mark.lane, mark.first, mark.last);
  const float top = selected ? rect.min.y : rect.max.y - Px(7);
  if (selected) {
    list.AddRectFilled(rect.min, rect.max, WithAlpha(theme.panel, 0.85F), Px(2));
    DrawDashedLine(list, rect.min, {rect.max.x, rect.min.y}, colour, Px(3), Px(3));
  }
  list.AddLine({rect.min.x, top}, {rect.min.x, rect.max.y}, colour, Px(1.5F));
  list.AddLine({rect.max.x, top}, rect.max, colour, Px(1.5F));
  list.AddRectFilled({rect.min.x, rect.max.y - Px(3)}, rect.max, colour);
  const float inside = rect.width() - Px(6);
  if (!selected || inside < Px(12)) return;
  ImFont* small = CurrentFonts().small;
  const float y = std::round((rect.min.y + rect.max.y - TextSize("0", small).y) * 0.5F) - Px(1);
  const float icon =
      DrawText(list, {rect.min.x + Px(4), y}, inside, style.colour, kIconCompare, small);
  if (inside > Px(50)) {
    DrawText(list, {rect.min.x + icon + Px(9), y}, inside - icon - Px(8), theme.text, mark.label,
             small);
  }
}

// The stretch that a query is about, across all lanes.
void DrawAsked(ImDrawList& list, const TimelineRows& rows, const TimelineAxis& axis,
               const std::pair<StepIndex, StepIndex>& asked) {
  const ImU32 colour = CurrentTheme().accent;
  const float left = std::max(axis.X(asked.first - 0.5), rows.lanes.min.x);
  const float right = std::min(axis.X(asked.second + 0.5), rows.lanes.max.x);
  if (right <= left) return;
  const ImVec2 min(left, rows.lanes.min.y);
  const ImVec2 max(right, rows.lanes.max.y);
  list.AddRectFilled(min, max, WithAlpha(colour, 0.16F));
  list.AddRect(min, max, colour, 0.0F, 0, Px(1.5F));
  DrawText(list, {left + Px(4), min.y + Px(2)}, right - left - Px(6), colour, kIconHelp,
           CurrentFonts().small);
  if (CurrentUi().recorder() != nullptr) NoteRect("timeline/asked", min, max);
}

// A note's flag, whose pole is its left edge.
Rect FlagOf(const TimelineRows& rows, const TimelineAxis& axis, const TimelineNote& note) {
  const float x = std::round(axis.X(note.step));
  return {{x, rows.ruler.max.y - Px(13)}, {x + Px(9), rows.ruler.max.y + Px(2)}};
}

// Each in its annotator's colour at the left edge.
void DrawLanes(ImDrawList& list, const TimelineRows& rows, const TimelineData& data) {
  const Theme& theme = CurrentTheme();
  for (int i = 0; i < rows.lane_count; ++i) {
    const Rect lane = rows.Lane(i);
    list.AddRectFilled(lane.min, lane.max, WithAlpha(theme.raised, 0.6F), Px(3));
    const auto whose = static_cast<std::size_t>(i);
    if (whose >= data.lanes.size()) continue;
    list.AddRectFilled({lane.min.x - Px(4), lane.min.y}, {lane.min.x - Px(1), lane.max.y},
                       data.lanes[whose].colour);
    if (CurrentUi().recorder() == nullptr) continue;
    NoteRect(Short("lane/%.*s", static_cast<int>(data.lanes[whose].name.size()),
                   data.lanes[whose].name.data()),
             lane.min, lane.max);
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
  DrawLanes(list, rows, data);
  DrawNotes(list, rows, data, state.axis);
  const Theme& theme = CurrentTheme();
  if (data.asked) DrawAsked(list, rows, state.axis, *data.asked);
  if (data.marks.empty() && !data.open && !data.asked &&
      state.drag.kind != TimelineDrag::Kind::kAdd) {
    const Rect lane = rows.Lane(0);
    DrawText(list, {lane.min.x + Px(8), lane.min.y + Px(2)}, lane.width() - Px(12),
             theme.text_muted, "Hold X while it plays to mark what is unsafe, or Ctrl+drag here",
             CurrentFonts().small);
  }
  const ScopedClip clip(rows.lanes.min, {rows.lanes.max.x, rows.lanes.max.y + Px(2)});
  for (TimelineMark mark : data.marks) {
    ApplyDrag(state.drag, mark);
    if (mark.last < state.axis.first() - 1.0 || mark.first > state.axis.last() + 1.0) continue;
    (mark.compared ? DrawClip : DrawMark)(list, rows, state.axis, mark, mark.id == data.selected);
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

void DrawNotes(ImDrawList& list, const TimelineRows& rows, const TimelineData& data,
               const TimelineAxis& axis) {
  const Theme& theme = CurrentTheme();
  for (const TimelineNote& note : data.notes) {
    const Rect flag = FlagOf(rows, axis, note);
    if (flag.max.x < rows.all.min.x || flag.min.x > rows.all.max.x) continue;
    const ImU32 colour = note.id == data.selected ? theme.text : note.colour;
    list.AddRectFilled({flag.min.x - Px(0.75F), flag.min.y}, {flag.min.x + Px(0.75F), flag.max.y},
                       colour);
    list.AddTriangleFilled({flag.min.x, flag.min.y}, {flag.max.x, flag.min.y + Px(4)},
                           {flag.min.x, flag.min.y + Px(8)}, colour);
    if (!note.saved) {
      list.AddTriangle({flag.min.x, flag.min.y}, {flag.max.x, flag.min.y + Px(4)},
                       {flag.min.x, flag.min.y + Px(8)}, theme.warning, Px(1.5F));
    }
    if (CurrentUi().recorder() == nullptr) continue;
    NoteRect(Short("timeline/note/%lld", static_cast<long long>(note.id)), flag.min, flag.max);
  }
}

const TimelineNote* NoteAt(const TimelineRows& rows, const TimelineData& data,
                           const TimelineAxis& axis, ImVec2 point) {
  if (!rows.ruler.Contains(point)) return nullptr;
  for (const TimelineNote& note : data.notes) {
    const Rect flag = FlagOf(rows, axis, note);
    if (point.x >= flag.min.x - Px(2) && point.x <= flag.max.x + Px(2)) return &note;
  }
  return nullptr;
}

}  // namespace lookout::ui
