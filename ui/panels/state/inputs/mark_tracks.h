// On which row of its annotator's lane each span lies: as few rows as keep spans apart that
// overlap, each danger class on a row of its own as far as that goes. Pure functions; any thread.
#pragma once

#include <span>
#include <vector>

#include "agents/feedback/kinds/mark.h"

namespace lookout::ui {

// Of an annotator; what overlaps beyond that shares the last one.
inline constexpr int kMostTrackRows = 5;

struct TrackSpan {
  agents::Verdict verdict = agents::Verdict::kUnsafe;
  agents::DangerClass danger = 0;
  StepIndex first = 0;
  StepIndex last = 0;  // inclusive, >= first
  int row = 0;         // set by SpreadOverRows
};

// Sets the rows, 0 for the uppermost, and returns how many there are, at least one. Spans of one
// class that do not overlap each other stay together; the classes come in the order of their
// numbers, what is safe or not sure first. O(n log n) for spans of few classes.
int SpreadOverRows(std::span<TrackSpan> spans);

}  // namespace lookout::ui
