#include "ui/panels/state/marks_index.h"

#include <algorithm>

#include "ui/theme/kinds.h"

namespace lookout::ui {
namespace {

constexpr char kOwnName[] = "me";

}  // namespace

void MarksIndex::Sync(const MarkStore& store, EpisodeId shown) {
  const std::int64_t sequence = store.marks().last_sequence();
  if (sequence != sequence_ || shown != shown_) {
    sequence_ = sequence;
    shown_ = shown;
    saved_sequence_ = -1;
    Rebuild(store);
    BuildLanes();
  }
  if (store.saved_sequence() != saved_sequence_) RefreshSaved(store);
}

void MarksIndex::Rebuild(const MarkStore& store) {
  rows_.clear();
  for (const auto& [id, mark] : store.marks().marks()) rows_.push_back(mark);
  std::ranges::sort(rows_, [](const agents::Mark& a, const agents::Mark& b) {
    if (a.episode != b.episode) return a.episode > b.episode;
    return a.first_step != b.first_step ? a.first_step < b.first_step : a.id < b.id;
  });
  const auto of_shown = [this](const agents::Mark& mark) { return mark.episode == shown_; };
  const auto first = std::ranges::find_if(rows_, of_shown);
  first_of_shown_ = static_cast<std::size_t>(first - rows_.begin());
  shown_rows_ = static_cast<std::size_t>(std::count_if(first, rows_.end(), of_shown));
}

void MarksIndex::BuildLanes() {
  lanes_.assign(1, kOwnName);
  timeline_.clear();
  for (const agents::Mark& mark : of_shown()) {
    const std::string& name = mark.annotator.empty() ? lanes_.front() : mark.annotator;
    auto lane = std::find(lanes_.begin(), lanes_.end(), name);
    if (lane == lanes_.end()) lane = lanes_.insert(lanes_.end(), name);
    timeline_.push_back({.id = mark.id.value,
                         .lane = static_cast<int>(lane - lanes_.begin()),
                         .first = mark.first_step,
                         .last = mark.last_step,
                         .verdict = mark.verdict,
                         .lag_steps = mark.reaction_lag_steps,
                         .label = mark.danger != 0 ? DangerClassName(mark.danger) : ""});
  }
  lane_views_.assign(lanes_.begin(), lanes_.end());
}

void MarksIndex::RefreshSaved(const MarkStore& store) {
  saved_sequence_ = store.saved_sequence();
  for (TimelineMark& mark : timeline_) mark.saved = store.IsSaved(MarkId{mark.id});
}

const agents::Mark* MarksIndex::Find(MarkId id) const {
  const auto found = std::find_if(rows_.begin(), rows_.end(),
                                  [id](const agents::Mark& mark) { return mark.id == id; });
  return id && found != rows_.end() ? &*found : nullptr;
}

}  // namespace lookout::ui
