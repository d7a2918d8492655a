#include "app/exchange/labels/mark_conflicts.h"

#include <algorithm>
#include <cstddef>

namespace lookout::app {

void MarkConflicts::Add(const agents::Mark& mark) {
  Lane& lane = lanes_[{mark.annotator, mark.episode}];
  const auto verdict = static_cast<std::size_t>(mark.verdict);
  lane.spans[verdict].emplace(mark.first_step, mark);
  lane.longest[verdict] = std::max(lane.longest[verdict], mark.last_step - mark.first_step);
}

void MarkConflicts::Find(const agents::Mark& mark, std::vector<MarkConflict>& conflicts) {
  const Lane& lane = lanes_[{mark.annotator, mark.episode}];
  for (std::size_t verdict = 0; verdict < kVerdicts; ++verdict) {
    if (verdict == static_cast<std::size_t>(mark.verdict)) continue;
    const auto& spans = lane.spans[verdict];
    // None that begins earlier is long enough to reach the mark.
    auto there = spans.lower_bound(mark.first_step - lane.longest[verdict]);
    for (; there != spans.end() && there->first <= mark.last_step; ++there) {
      if (conflicts.size() >= MergePlan::kMostConflicts) break;
      const bool overlaps = there->second.last_step >= mark.first_step;
      const bool is_older_form = there->second.id == mark.id;
      if (overlaps && !is_older_form) conflicts.push_back({there->second, mark});
    }
  }
  Add(mark);
}

}  // namespace lookout::app
