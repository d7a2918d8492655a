// Finds where an annotator calls the same steps something else. One owner, one thread.
#pragma once

#include <array>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "app/exchange/labels/feedback_merge.h"

namespace lookout::app {

class MarkConflicts {
 public:
  // A mark that is there.
  void Add(const agents::Mark& mark) { AddSpan(mark, mark.id); }
  // Appends where the mark, which has that number, contradicts those that are there, up to
  // MergePlan::kMostConflicts in all; then it is there, too.
  void Find(const agents::Mark& mark, MarkId id, std::vector<MarkConflict>& conflicts);

 private:
  static constexpr std::size_t kVerdicts = 3;
  struct Span {
    MarkId id;
    StepIndex last = 0;
  };
  // Of one annotator in one episode, by verdict, by their first steps.
  using Spans = std::array<std::multimap<StepIndex, Span>, kVerdicts>;

  struct Lane {
    Spans spans;
    std::array<StepIndex, kVerdicts> longest{};  // steps of the longest span of each
  };

  void AddSpan(const agents::Mark& mark, MarkId id);

  std::map<std::pair<std::string, EpisodeId>, Lane> lanes_;
};

}  // namespace lookout::app
