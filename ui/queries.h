// What the window shows of queries: the queue of what is worth looking at, and the two clips that
// are being compared. Values; written by the workspace, read by panels and the view.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "agents/feedback/kinds/target_sink.h"
#include "agents/feedback/queries/query.h"
#include "sim/base/ids.h"

namespace lookout::ui {

// Two clips side by side. They begin together, the shorter one waits at its last step, and then
// both begin again.
struct PairOnScreen {
  agents::Segment first;
  agents::Segment second;
  StepIndex moment = 0;  // steps since both began
  bool loaded = false;   // both are in memory
  bool playing = true;
  MarkId answered;  // the record that says which of them is safer; 0: nobody has said so

  static StepIndex Length(const agents::Segment& clip) { return clip.last - clip.first + 1; }
  // Of the longer one.
  StepIndex length() const { return std::max(Length(first), Length(second)); }
  // The step of its episode that a clip shows.
  StepIndex StepOf(const agents::Segment& clip) const {
    return clip.first + std::min(moment, clip.last - clip.first);
  }
};

// The queries that are still open, the next one first, and what has come of the others.
struct QueriesOnScreen {
  std::vector<agents::Query> open;
  std::size_t current = 0;  // of `open`
  std::size_t before = 0;   // came before those in `open` and are done, as people count
  bool asked = false;       // the current one is on screen: a span in the view, or the pair
  bool looking = false;     // a worker looks for more of them
  std::int64_t answered = 0;
  std::int64_t skipped = 0;
  double coverage = 0.0;     // the share of the recorded steps that somebody judged, in [0, 1]
  std::string still_brings;  // what labelling still brings, in a sentence; empty: not known
  std::string problem;       // why there are no queries; empty: there may be

  // "3 of 12": both go on when one is answered or more of them are found.
  std::size_t place() const { return before + current + 1; }
  std::size_t count() const { return before + open.size(); }
  const agents::Query* now() const { return current < open.size() ? &open[current] : nullptr; }
};

}  // namespace lookout::ui
