#include "app/exchange/labels/mark_conflicts.h"

#include <algorithm>
#include <cstddef>

namespace lookout::app {

void MarkConflicts::AddSpan(const agents::Mark& mark, MarkId id) {
  Lane& lane = lanes_[{mark.annotator, mark.episode}];
  const auto verdict = static_cast<std::size_t>(mark.verdict);
  lane.spans[verdict].emplace(mark.first_step, Span{id, mark.last_step});
  lane.longest[verdict] = std::max(lane.longest[verdict], mark.last_step - mark.first_step);
}

void MarkConflicts::Find(const agents::Mark& mark, MarkId id,
                         std::vector<MarkConflict>& conflicts) {
  const Lane& lane = lanes_[{mark.annotator, mark.episode}];
  for (std::size_t verdict = 0; verdict < kVerdicts; ++verdict) {
    if (verdict == static_cast<std::size_t>(mark.verdict)) continue;
    if (conflicts.size() >= MergePlan::kMostConflicts) break;
    const auto& spans = lane.spans[verdict];
    // None that begins earlier is long enough to reach the mark.
    auto there = spans.lower_bound(mark.first_step - lane.longest[verdict]);
    for (; there != spans.end() && there->first <= mark.last_step; ++there) {
      if (conflicts.size() >= MergePlan::kMostConflicts) break;
      const bool overlaps = there->second.last >= mark.first_step;
      const bool is_older_form = there->second.id == id;
      if (!overlaps || is_older_form) continue;
      const auto told = [&](MarkId number, StepIndex first, StepIndex last, std::size_t said) {
        return MarkConflict::ToldMark{.id = number,
                                      .first_step = first,
                                      .last_step = last,
                                      .verdict = static_cast<agents::Verdict>(said)};
      };
      conflicts.push_back(
          {.annotator = mark.annotator,
           .episode = mark.episode,
           .first = told(there->second.id, there->first, there->second.last, verdict),
           .second =
               told(id, mark.first_step, mark.last_step, static_cast<std::size_t>(mark.verdict))});
    }
  }
  AddSpan(mark, id);
}

}  // namespace lookout::app
