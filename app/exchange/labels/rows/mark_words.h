// A mark in the words of formats that have no fields for it: a label's name, and a line with the
// rest. Pure functions; any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "agents/feedback/kinds/mark.h"

namespace lookout::app {

// The verdict, and the danger class if there is one: "unsafe 2".
std::string LabelName(const agents::Mark& mark);
// Sets both. False for what is no such name.
bool ReadLabelName(std::string_view name, agents::Mark& mark);

// Severity, lags and note, as far as they are said: "severity 7, lag 15; brushed the vase".
std::string DetailsOf(const agents::Mark& mark);
// The inverse. Text of any other form is a note. Numbers that are out of range stay so.
void ReadDetails(std::string_view text, agents::Mark& mark);

// The episode whose number stands in a name: 12 in "videos/episode-12.mp4" and in "episode 12".
std::optional<EpisodeId> EpisodeInName(std::string_view name);

// Marks of one episode in rows where none overlaps another: the first row takes all that it can.
// marks: in order of their first steps. Returns the row of each, from 0. O(n log n).
std::vector<int> RowsWithoutOverlap(const std::vector<agents::Mark>& marks);

}  // namespace lookout::app
