#include "ui/panels/state/inputs/mark_tracks.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <iterator>
#include <map>
#include <tuple>

namespace lookout::ui {
namespace {

// What lies on a row: last steps by first ones.
using Row = std::map<StepIndex, StepIndex>;

bool IsFree(const Row& row, const TrackSpan& span) {
  const auto after = row.upper_bound(span.last);
  return after == row.begin() || std::prev(after)->second < span.first;
}

// What is not unsafe has no danger class, and comes first.
int TrackOf(const TrackSpan& span) {
  return span.verdict == agents::Verdict::kUnsafe ? 1 + int{span.danger} : 0;
}

// The first row that is free for all of them, or the last that there may be.
std::size_t RowFor(const std::array<Row, kMostTrackRows>& rows, std::span<TrackSpan* const> spans) {
  std::size_t row = 0;
  const auto taken = [&] {
    return std::ranges::any_of(spans,
                               [&](const TrackSpan* span) { return !IsFree(rows[row], *span); });
  };
  while (row + 1 < rows.size() && taken()) ++row;
  return row;
}

void Put(std::array<Row, kMostTrackRows>& rows, std::size_t row, TrackSpan& span) {
  span.row = static_cast<int>(row);
  StepIndex& last = rows[row][span.first];
  last = std::max(last, span.last);
}

}  // namespace

int SpreadOverRows(std::span<TrackSpan> spans) {
  std::vector<TrackSpan*> order;
  for (TrackSpan& span : spans) order.push_back(&span);
  std::ranges::stable_sort(order, {}, [](const TrackSpan* span) {
    return std::tuple(TrackOf(*span), span->first, span->last);
  });
  std::array<Row, kMostTrackRows> rows;
  int used = 1;
  for (auto begin = order.begin(); begin != order.end();) {
    const auto end = std::find_if(begin, order.end(), [&](const TrackSpan* span) {
      return TrackOf(*span) != TrackOf(**begin);
    });
    // Spans of a class that overlap each other part, each to where it has room.
    std::vector<TrackSpan*> together;
    std::vector<TrackSpan*> apart;
    for (auto span = begin; span != end; ++span) {
      const bool overlaps = !together.empty() && together.back()->last >= (*span)->first;
      (overlaps ? apart : together).push_back(*span);
    }
    const std::size_t row = RowFor(rows, together);
    for (TrackSpan* span : together) Put(rows, row, *span);
    for (TrackSpan* span : apart) {
      Put(rows, RowFor(rows, std::array{span}), *span);
    }
    begin = end;
  }
  for (const TrackSpan& span : spans) used = std::max(used, span.row + 1);
  return used;
}

}  // namespace lookout::ui
