// Where each track of the timeline lies, and how tracks and lanes are painted. Part of timeline.cc.
// Window thread only.
#pragma once

#include "ui/widgets/timeline/timeline.h"

namespace lookout::ui {

// The rows from top to bottom, gutter with their names at the left. Where there is no room for all
// of them under names that can be read, the last kinds of cost share a row, and then the reward,
// the costs and the comparison are left out, in that order: such a row is empty.
struct TimelineRows {
  Rect all;  // everything right of the gutter
  float gutter_left = 0.0F;
  Rect ruler, actors, reward, costs, comparison, lanes;
  int cost_rows = 0;  // as many as there are kinds, fewer if the last is shared, or none
  float cost_height = 0.0F;
  float lane_height = 0.0F;
  int lane_count = 0;

  Rect Cost(int row) const;
  Rect Lane(int row) const;
  // The lane at that height, or -1.
  int LaneAt(float y) const;
};
TimelineRows LayOutTimeline(const TimelineData& data, ImVec2 min, ImVec2 size);

void DrawRuler(ImDrawList& list, const TimelineRows& rows, const TimelineData& data,
               const TimelineAxis& axis);
void DrawGutter(ImDrawList& list, const TimelineRows& rows, const TimelineData& data);
// Who decided what was done; nothing where it was the same one throughout.
void DrawActors(ImDrawList& list, const TimelineRows& rows, const TimelineData& data,
                const TimelineAxis& axis);
void DrawReward(ImDrawList& list, const TimelineRows& rows, const TimelineData& data,
                const TimelineState& state);
void DrawCosts(ImDrawList& list, const TimelineRows& rows, const TimelineData& data,
               const TimelineAxis& axis);
void DrawComparison(ImDrawList& list, const TimelineRows& rows, const TimelineData& data,
                    const TimelineState& state);
void DrawMarks(ImDrawList& list, const TimelineRows& rows, const TimelineData& data,
               const TimelineState& state);
// Notes as flags on the ruler.
void DrawNotes(ImDrawList& list, const TimelineRows& rows, const TimelineData& data,
               const TimelineAxis& axis);
// The note whose flag is at that point, or nullptr.
const TimelineNote* NoteAt(const TimelineRows& rows, const TimelineData& data,
                           const TimelineAxis& axis, ImVec2 point);
// With the step's number, and what that step goes by as bars from the ruler's lower edge up.
void DrawPlayhead(ImDrawList& list, const TimelineRows& rows, const TimelineData& data,
                  const TimelineAxis& axis);

// Inside a tooltip: what is known of the mark, and of the step.
void ReadOutMark(const TimelineData& data, const TimelineMark& mark);
void ReadOutStep(const TimelineData& data, std::size_t step);

// A mark's rectangle on its lane, first to last step inclusive.
Rect MarkRect(const TimelineRows& rows, const TimelineAxis& axis, int lane, StepIndex first,
              StepIndex last);

}  // namespace lookout::ui
