// Where each track of the timeline lies, and how tracks and lanes are painted. Part of timeline.cc.
// Window thread only.
#pragma once

#include "ui/widgets/timeline.h"

namespace lookout::ui {

// The rows from top to bottom, gutter with their names at the left.
struct TimelineRows {
  Rect all;  // everything right of the gutter
  float gutter_left = 0.0F;
  Rect ruler, reward, costs, comparison, lanes;
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
void DrawReward(ImDrawList& list, const TimelineRows& rows, const TimelineData& data,
                const TimelineState& state);
void DrawCosts(ImDrawList& list, const TimelineRows& rows, const TimelineData& data,
               const TimelineAxis& axis);
void DrawComparison(ImDrawList& list, const TimelineRows& rows, const TimelineData& data,
                    const TimelineState& state);
void DrawMarks(ImDrawList& list, const TimelineRows& rows, const TimelineData& data,
               const TimelineState& state);
void DrawPlayhead(ImDrawList& list, const TimelineRows& rows, const TimelineData& data,
                  const TimelineAxis& axis);

// A mark's rectangle on its lane, first to last step inclusive.
Rect MarkRect(const TimelineRows& rows, const TimelineAxis& axis, int lane, StepIndex first,
              StepIndex last);

}  // namespace lookout::ui
