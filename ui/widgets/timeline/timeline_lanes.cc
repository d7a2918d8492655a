// Marks on their lanes, and the span that is being dragged.
#include <algorithm>
#include <cmath>
#include <string_view>

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
  if (!mark.has_lag()) return;
  const Rect shifted = MarkRect(rows, axis, mark.lane, mark.judged_first, mark.judged_last);
  list.AddRectFilled({shifted.min.x, shifted.max.y - Px(1)}, {shifted.max.x, shifted.max.y + Px(1)},
                     colour);
}

// As much as there is room for.
void DrawInside(ImDrawList& list, const Rect& rect, const char* icon, ImU32 icon_colour,
                std::string_view label) {
  const float room = rect.width() - Px(6);
  if (room < Px(12)) return;
  ImFont* small = CurrentFonts().small;
  const float y = std::round((rect.min.y + rect.max.y - TextSize("0", small).y) * 0.5F);
  const float width = DrawText(list, {rect.min.x + Px(4), y}, room, icon_colour, icon, small);
  if (room <= Px(50)) return;
  DrawText(list, {rect.min.x + width + Px(9), y}, room - width - Px(8), CurrentTheme().text, label,
           small);
}

void DrawUnsaved(ImDrawList& list, const Rect& rect) {
  DrawDashedLine(list, rect.min, {rect.max.x, rect.min.y}, CurrentTheme().warning, Px(2), Px(3));
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
  DrawInside(list, rect, style.icon, theme.text, mark.label);
  if (!mark.saved) DrawUnsaved(list, rect);
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
  if (selected) DrawInside(list, rect, kIconCompare, style.colour, mark.label);
}

void NoteLed(const TimelineMark& mark, const Rect& rect) {
  if (CurrentUi().recorder() == nullptr) return;
  NoteRect(Short("led/%lld", static_cast<long long>(mark.id)), rect.min, rect.max);
}

// A person's take-over: stripes along it as on a road, and its icon. What led to it and counts as
// unsafe is hatched like what is called unsafe, on the lower half, with a line across the steps
// between.
void DrawTakeOver(ImDrawList& list, const TimelineRows& rows, const TimelineAxis& axis,
                  const TimelineMark& mark, bool selected) {
  const Theme& theme = CurrentTheme();
  const ImU32 colour = theme.good;
  const Rect rect = MarkRect(rows, axis, mark.lane, mark.first, mark.last);
  const float middle = std::round((rect.min.y + rect.max.y) * 0.5F);
  if (mark.has_lead()) {
    const KindStyle unsafe = VerdictStyle(theme, agents::Verdict::kUnsafe);
    Rect led = MarkRect(rows, axis, mark.lane, mark.led_first, mark.led_last);
    led.min.y = middle;
    DrawHatched(list, led, WithAlpha(unsafe.colour, 0.3F), WithAlpha(unsafe.colour, 0.6F),
                Hatch::kDiagonal);
    list.AddRect(led.min, led.max, unsafe.colour);
    DrawDashedLine(list, {led.max.x, middle}, {rect.min.x, middle}, colour, Px(1), Px(2));
    NoteLed(mark, led);
  }
  list.AddRectFilled(rect.min, rect.max, WithAlpha(colour, selected ? 0.4F : 0.2F), Px(2));
  for (const float y : {rect.min.y + Px(1.5F), rect.max.y - Px(1.5F)}) {
    list.AddLine({rect.min.x, y}, {rect.max.x, y}, colour, Px(2));
  }
  list.AddRect(rect.min, rect.max, selected ? theme.text : colour, Px(2));
  DrawInside(list, rect, kIconDrive, theme.text, mark.label);
  if (!mark.saved) DrawUnsaved(list, rect);
}

auto DrawerOf(TimelineShape shape) {
  switch (shape) {
    case TimelineShape::kClip:
      return DrawClip;
    case TimelineShape::kTakeOver:
      return DrawTakeOver;
    case TimelineShape::kSpan:
      break;
  }
  return DrawMark;
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
  if (data.marks.empty() && data.open.empty() && !data.asked &&
      state.drag.kind != TimelineDrag::Kind::kAdd) {
    const Rect lane = rows.Lane(0);
    DrawText(list, {lane.min.x + Px(8), lane.min.y + Px(2)}, lane.width() - Px(12),
             theme.text_muted,
             data.keys_mark ? "Hold X while it plays to mark what is unsafe, or Ctrl+drag here"
                            : "Ctrl+drag here to mark what is unsafe",
             CurrentFonts().small);
  }
  const ScopedClip clip(rows.lanes.min, {rows.lanes.max.x, rows.lanes.max.y + Px(2)});
  for (TimelineMark mark : data.marks) {
    ApplyDrag(state.drag, mark);
    if (mark.last < state.axis.first() - 1.0 || mark.begin() > state.axis.last() + 1.0) continue;
    DrawerOf(mark.shape)(list, rows, state.axis, mark, mark.id == data.selected);
    NoteMark(mark, MarkRect(rows, state.axis, mark.lane, mark.first, mark.last));
  }
  for (const TimelineMark& open : data.open) DrawMark(list, rows, state.axis, open, true);
  if (state.drag.kind == TimelineDrag::Kind::kAdd) {
    const auto lane = static_cast<std::size_t>(state.drag.lane);
    const auto adds = lane < data.lanes.size() ? data.lanes[lane].adds : std::nullopt;
    const agents::Verdict verdict = adds.value_or(data.verdict_to_add);
    const TimelineMark added{.lane = state.drag.lane,
                             .first = std::min(state.drag.anchor, state.drag.current),
                             .last = std::max(state.drag.anchor, state.drag.current),
                             .verdict = verdict,
                             .label = VerdictStyle(theme, verdict).name};
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
