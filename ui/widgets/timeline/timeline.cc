#include "ui/widgets/timeline/timeline.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "ui/widgets/controls.h"
#include "ui/widgets/explanations.h"
#include "ui/widgets/text.h"
#include "ui/widgets/timeline/timeline_rows.h"

namespace lookout::ui {
namespace {

using Kind = TimelineDrag::Kind;

constexpr float kEdgeGrip = 5.0F;
constexpr double kWheelZoom = 1.25;

void SyncCaches(const TimelineData& data, TimelineState& state) {
  if (state.episode != data.episode) {
    state.episode = data.episode;
    state.reward.Reset();
    state.cost.Reset();
    state.predicted.Reset();
    state.spread.Reset();
    state.axis.ShowAll();
    state.drag = {};
  }
  state.reward.Sync(data.reward);
  state.cost.Sync(data.cost);
  // Recorded predictions may be of several models, so what counts is that they are the recorded.
  const std::tuple whose(data.predicted_in_recording ? 0 : data.predicted_by,
                         data.predicted_in_recording, data.predicted_danger);
  if (std::exchange(state.predictions, whose) != whose) {
    state.predicted.Reset();
    state.spread.Reset();
  }
  state.predicted.Sync(data.predicted);
  state.spread.Sync(data.spread);
  state.axis.SetExtent(std::max({data.steps - 1, data.extent, 1}));
}

struct Grip {
  const TimelineMark* mark = nullptr;
  Kind edge = Kind::kNone;  // kNone: its middle
};

// What is under the mouse on the lanes: an edge counts before a middle, the selected mark before
// others.
Grip GripAt(const TimelineData& data, const TimelineRows& rows, const TimelineAxis& axis,
            ImVec2 mouse) {
  Grip best;
  int best_rank = 0;
  for (const TimelineMark& mark : data.marks) {
    const Rect rect = MarkRect(rows, axis, mark.lane, mark.begin(), mark.last);
    const float grip = Px(kEdgeGrip);
    if (mouse.y < rect.min.y || mouse.y >= rect.max.y) continue;
    if (mouse.x < rect.min.x - grip || mouse.x > rect.max.x + grip) continue;
    Kind edge = Kind::kNone;
    const float to_first = std::abs(mouse.x - rect.min.x);
    const float to_last = std::abs(mouse.x - rect.max.x);
    if (mark.editable && std::min(to_first, to_last) <= grip) {
      edge = to_first < to_last ? Kind::kFirstEdge : Kind::kLastEdge;
    }
    const int rank = 1 + (edge != Kind::kNone ? 2 : 0) + (mark.id == data.selected ? 1 : 0);
    if (rank >= best_rank) {
      best = {&mark, edge};
      best_rank = rank;
    }
  }
  return best;
}

void BeginDrag(const TimelineData& data, const TimelineRows& rows, TimelineState& state,
               ImVec2 mouse, TimelineWish& command) {
  TimelineDrag& drag = state.drag;
  drag = {};
  if (ImGui::IsMouseDown(ImGuiMouseButton_Middle)) {
    drag.kind = Kind::kPan;
    return;
  }
  if (data.steps == 0 || mouse.x < rows.all.min.x) return;
  const StepIndex step = state.axis.NearestStep(mouse.x, data.steps);
  if (const TimelineNote* note = NoteAt(rows, data, state.axis, mouse)) {
    command.select = note->id;
    command.seek = note->step;
    return;
  }
  const int lane = rows.LaneAt(mouse.y);
  if (lane >= 0 && ImGui::GetIO().KeyCtrl) {
    drag = {.kind = Kind::kAdd, .lane = lane, .anchor = step, .current = step};
    return;
  }
  const Grip grip = lane >= 0 ? GripAt(data, rows, state.axis, mouse) : Grip{};
  if (grip.mark != nullptr) command.select = grip.mark->id;
  if (grip.edge != Kind::kNone) {
    const bool first = grip.edge == Kind::kFirstEdge;
    drag = {.kind = grip.edge,
            .mark = grip.mark->id,
            .lane = grip.mark->lane,
            .anchor = first ? grip.mark->last : grip.mark->first,
            .current = first ? grip.mark->first : grip.mark->last};
    return;
  }
  if (lane >= 0 && grip.mark == nullptr) command.select = 0;
  drag.kind = Kind::kScrub;
  drag.current = step;
  command.seek = step;
}

void ContinueDrag(const TimelineData& data, TimelineState& state, ImVec2 mouse,
                  TimelineWish& command) {
  TimelineDrag& drag = state.drag;
  if (drag.kind == Kind::kNone) return;
  if (drag.kind == Kind::kPan) {
    state.axis.Pan(-ImGui::GetIO().MouseDelta.x);
    return;
  }
  const StepIndex step = state.axis.NearestStep(mouse.x, data.steps);
  if (step == drag.current) return;
  drag.current = step;
  drag.moved = true;
  // The view shows the moment at the edge that is being moved.
  command.seek = step;
}

void EndDrag(TimelineState& state, TimelineWish& command) {
  const TimelineDrag drag = state.drag;
  state.drag = {};
  if (!drag.moved) return;
  const TimelineSpan span{.mark = drag.mark,
                          .lane = drag.lane,
                          .first = std::min(drag.anchor, drag.current),
                          .last = std::max(drag.anchor, drag.current)};
  if (drag.kind == Kind::kAdd) command.add = span;
  if (drag.kind == Kind::kFirstEdge || drag.kind == Kind::kLastEdge) command.revise = span;
}

// A view that showed the playhead keeps showing it; one that was moved away stays where it is.
void FollowPlayhead(const TimelineData& data, TimelineState& state) {
  const StepIndex before = std::exchange(state.last_playhead, data.playhead);
  const bool was_visible = before >= state.axis.first() && before <= state.axis.last();
  if (state.drag.kind == Kind::kNone && was_visible && before != data.playhead) {
    state.axis.Reveal(data.playhead);
  }
}

void HandleWheel(const TimelineRows& rows, TimelineAxis& axis) {
  const ImGuiIO& io = ImGui::GetIO();
  const bool pans = io.KeyShift || io.MouseWheelH != 0.0F;
  const float wheel = io.MouseWheelH != 0.0F ? io.MouseWheelH : io.MouseWheel;
  if (wheel == 0.0F) return;
  if (pans) {
    axis.Pan(-wheel * rows.all.width() * 0.1F);
  } else {
    axis.Zoom(std::pow(kWheelZoom, wheel), io.MousePos.x);
  }
}

void ShowCursor(const TimelineData& data, const TimelineRows& rows, const TimelineState& state,
                ImVec2 mouse) {
  const bool dragging_edge =
      state.drag.kind == Kind::kFirstEdge || state.drag.kind == Kind::kLastEdge;
  const bool over_edge =
      rows.LaneAt(mouse.y) >= 0 && GripAt(data, rows, state.axis, mouse).edge != Kind::kNone;
  if (dragging_edge || over_edge) ImGui::SetMouseCursor(ImGuiMouseCursor_ResizeEW);
}

void ReadOut(const TimelineData& data, const TimelineRows& rows, const TimelineState& state,
             ImVec2 mouse) {
  if (data.steps == 0 || mouse.x < rows.all.min.x || state.drag.kind != Kind::kNone) return;
  const Grip grip = rows.LaneAt(mouse.y) >= 0 ? GripAt(data, rows, state.axis, mouse) : Grip{};
  const TimelineNote* note = NoteAt(rows, data, state.axis, mouse);
  ImGui::SetNextWindowSize({Px(196), 0.0F});
  ImGui::BeginTooltip();
  if (note != nullptr) {
    TextMuted(Short("Note by %.*s, step %d", static_cast<int>(Cut(note->author, 40).size()),
                    note->author.data(), note->step));
    TextWrapped(Cut(note->text, 600));
  } else if (grip.mark != nullptr) {
    ReadOutMark(data, *grip.mark);
  } else {
    ReadOutStep(data, static_cast<std::size_t>(state.axis.NearestStep(mouse.x, data.steps)));
  }
  ImGui::EndTooltip();
}

// The names at the left explain their rows.
void ExplainRows(const TimelineData& data, const TimelineRows& rows, ImVec2 mouse) {
  if (mouse.x >= rows.all.min.x) return;
  const auto row = [&](Figure figure, const Rect& rect) {
    ExplainRect(figure, rows.gutter_left, rect.min.y, rows.all.min.x, rect.max.y);
  };
  row(Figure::kRewardLane, rows.reward);
  if (!data.costs.empty()) row(Figure::kCostLanes, rows.costs);
  row(Figure::kPredictedLane, rows.comparison);
  row(Figure::kMarksLane, rows.lanes);
}

}  // namespace

TimelineWish Timeline(const char* id, const TimelineData& data, TimelineState& state, ImVec2 size) {
  TimelineWish command;
  size = {std::max(size.x, Px(120)), std::max(size.y, Px(38))};
  const ImVec2 min = ImGui::GetCursorScreenPos();
  const TimelineRows rows = LayOutTimeline(data, min, size);
  state.axis.Place(rows.all.min.x, rows.all.width());
  SyncCaches(data, state);

  ImGui::InvisibleButton(id, size,
                         ImGuiButtonFlags_MouseButtonLeft | ImGuiButtonFlags_MouseButtonMiddle);
  NoteItem(id);
  NoteRect("timeline/ruler", rows.ruler.min, rows.ruler.max);
  if (data.actors.size() > 1) NoteRect("timeline/actors", rows.actors.min, rows.actors.max);
  NoteRect("timeline/lanes", rows.lanes.min, rows.lanes.max);
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  const bool hovered = ImGui::IsItemHovered();
  if (ImGui::IsItemActivated()) BeginDrag(data, rows, state, mouse, command);
  if (ImGui::IsItemActive()) ContinueDrag(data, state, mouse, command);
  if (ImGui::IsItemDeactivated()) EndDrag(state, command);
  if (hovered) {
    HandleWheel(rows, state.axis);
    ShowCursor(data, rows, state, mouse);
    if (ImGui::IsMouseDoubleClicked(ImGuiMouseButton_Left) && rows.ruler.Contains(mouse)) {
      state.axis.ShowAll();
    }
  }
  FollowPlayhead(data, state);

  ExplainRows(data, rows, mouse);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  DrawGutter(list, rows, data);
  DrawRuler(list, rows, data, state.axis);
  if (!rows.actors.empty()) DrawActors(list, rows, data, state.axis);
  if (!rows.reward.empty()) DrawReward(list, rows, data, state);
  if (rows.cost_rows > 0) DrawCosts(list, rows, data, state.axis);
  if (!rows.comparison.empty()) DrawComparison(list, rows, data, state);
  DrawMarks(list, rows, data, state);
  DrawPlayhead(list, rows, data, state.axis);
  if (hovered) ReadOut(data, rows, state, mouse);
  return command;
}

}  // namespace lookout::ui
