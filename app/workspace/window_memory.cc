// What the window keeps of recorded episodes in memory; all else is on disk.
#include <set>
#include <string>
#include <vector>

#include "app/workspace/labelling/coverage.h"
#include "app/workspace/window_controller.h"

namespace lookout::app {
namespace {

// Rows of unmarked episodes in the list: the project keeps about as many.
constexpr std::size_t kEpisodeRows = 60;

}  // namespace

void WindowController::Load(EpisodeId id) {
  if (missing_.contains(id) || !loading_.insert(id).second) return;
  links_.to_project_writer(LoadEpisode{id});
}

// What is in memory of the episodes that a record is about.
std::vector<sim::ChunkPtr> WindowController::HeldOf(const agents::FeedbackRecord& record) const {
  std::vector<sim::ChunkPtr> held;
  for (const EpisodeId id : record.episodes) {
    const ui::EpisodeTrack* track = episodes_.Find(id);
    if (track != nullptr) held.insert(held.end(), track->chunks().begin(), track->chunks().end());
  }
  return held;
}

// Goes there, as soon as the episode is in memory.
void WindowController::SeekWhenLoaded(const ui::Seek& seek) {
  if (episodes_.Find(seek.episode) != nullptr) return Apply(seek);
  seek_when_loaded_ = seek;
  Load(seek.episode);
}

void WindowController::LoadIfAbsent(EpisodeId id) {
  if (episodes_.Find(id) == nullptr) Load(id);
}

void WindowController::OnLoadFailed(EpisodeId id, const std::string& message) {
  loading_.erase(id);
  missing_.insert(id);
  queries_.Drop(id);
  if (pair_.shown() &&
      (pair_.shown()->first.episode == id || pair_.shown()->second.episode == id)) {
    Apply(ui::LeavePairs{});
  }
  Notify(ui::NoticeLevel::kWarning, message);
  if (labels_due_ && loading_.empty()) SendLabels();
}

void WindowController::TrimMemory(EpisodeId live) {
  std::set<EpisodeId> keep{live, playback_.playhead().episode};
  if (const auto& compared = playback_.comparison()) keep.insert(compared->ghost);
  for (const agents::Query* query : {queries_.shown().now(), queries_.PairAfterCurrent()}) {
    if (query != nullptr) keep.insert({query->first.episode, query->second.episode});
  }
  if (const auto& pair = pair_.shown()) keep.insert({pair->first.episode, pair->second.episode});
  // What is looked through stays until that is done.
  if (error_search_ && !error_search_->due.empty()) keep.insert(error_search_->due.back());
  episodes_.Trim(kEpisodeMemoryBytes, kEpisodeRows, keep, EpisodesOf(marking_.store().marks()));
}

}  // namespace lookout::app
