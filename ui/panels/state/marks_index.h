// The marks as the timeline and the list need them, rebuilt only when they change. Window thread
// only.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ui/model/mark_store.h"
#include "ui/widgets/timeline.h"

namespace lookout::ui {

class MarksIndex {
 public:
  // Brings everything up to date with the store, for the episode on screen.
  void Sync(const MarkStore& store, EpisodeId shown);

  // Marks of the shown episode, for its lanes; one lane per annotator, the person's own first.
  std::span<const TimelineMark> timeline() const { return timeline_; }
  std::span<const std::string_view> lanes() const { return lane_views_; }

  // All marks, those of an episode together in order of time, the newest episode first. What is on
  // screen does not change the order, so that no row moves away from under the mouse.
  std::span<const agents::Mark> rows() const { return rows_; }
  // Those of the shown episode among them.
  std::span<const agents::Mark> of_shown() const {
    return rows().subspan(first_of_shown_, shown_rows_);
  }
  std::size_t first_of_shown() const { return first_of_shown_; }
  const agents::Mark* Find(MarkId id) const;

 private:
  void Rebuild(const MarkStore& store);
  void BuildLanes();
  void RefreshSaved(const MarkStore& store);

  std::int64_t sequence_ = -1;
  std::int64_t saved_sequence_ = -1;
  EpisodeId shown_{-1};
  std::vector<agents::Mark> rows_;
  std::size_t first_of_shown_ = 0;
  std::size_t shown_rows_ = 0;
  std::vector<std::string> lanes_;
  std::vector<std::string_view> lane_views_;
  std::vector<TimelineMark> timeline_;
};

}  // namespace lookout::ui
