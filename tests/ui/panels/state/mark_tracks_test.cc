#include "ui/panels/state/inputs/mark_tracks.h"

#include <doctest/doctest.h>

#include <vector>

namespace lookout::ui {
namespace {

using agents::Verdict;

std::vector<int> RowsOf(std::vector<TrackSpan> spans) {
  const int rows = SpreadOverRows(spans);
  std::vector<int> at;
  for (const TrackSpan& span : spans) {
    at.push_back(span.row);
    CHECK(span.row < rows);
  }
  return at;
}

TrackSpan Danger(agents::DangerClass danger, StepIndex first, StepIndex last) {
  return {Verdict::kUnsafe, danger, first, last};
}

TEST_CASE("spans that do not overlap share one row, whatever they say") {
  CHECK(RowsOf({}).empty());
  CHECK(RowsOf({Danger(1, 0, 9), Danger(2, 10, 19), {Verdict::kSafe, 0, 20, 29}}) ==
        std::vector<int>{0, 0, 0});
}

TEST_CASE("of what overlaps each class keeps a row, also where it would fit elsewhere") {
  // Class 2 lies across class 1, so its other span lies beside it, too.
  CHECK(RowsOf({Danger(1, 0, 9), Danger(2, 5, 14), Danger(2, 30, 39), Danger(1, 50, 59)}) ==
        std::vector<int>{0, 1, 1, 0});
  // The order in which they were made is no matter.
  CHECK(RowsOf({Danger(2, 5, 14), Danger(1, 0, 9)}) == std::vector<int>{1, 0});
}

TEST_CASE("spans of one class that overlap each other part") {
  CHECK(RowsOf({Danger(1, 0, 9), Danger(1, 5, 14), Danger(1, 9, 20)}) == std::vector<int>{0, 1, 2});
  CHECK(RowsOf({Danger(1, 0, 4), Danger(1, 0, 9), Danger(1, 5, 6)}) == std::vector<int>{0, 1, 0});
}

TEST_CASE("there are never more than a few rows") {
  std::vector<TrackSpan> spans;
  for (int i = 0; i < 20; ++i)
    spans.push_back(Danger(static_cast<agents::DangerClass>(i % 10), 0, 9));
  CHECK(SpreadOverRows(spans) == kMostTrackRows);
  CHECK(spans.back().row == kMostTrackRows - 1);
}

}  // namespace
}  // namespace lookout::ui
