// What the window keeps of recorded episodes in memory; all else is on disk.
#include <set>
#include <string>

#include "app/workspace/window_controller.h"

namespace lookout::app {
namespace {

// Of recorded episodes in memory; all others are on disk. The live one, the one on screen and those
// with marks stay in any case.
constexpr std::size_t kEpisodeMemoryBytes = std::size_t{192} << 20;
// Rows of unmarked episodes in the list: the project keeps about as many.
constexpr std::size_t kEpisodeRows = 60;

}  // namespace

void WindowController::Load(EpisodeId id) {
  if (missing_.contains(id) || !loading_.insert(id).second) return;
  links_.to_project_writer(LoadEpisode{id});
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
  for (const auto& [id, record] : marking_.store().marks().records()) {
    keep.insert(record.episodes.begin(), record.episodes.end());
  }
  for (const agents::Query* query : {queries_.shown().now(), queries_.PairAfterCurrent()}) {
    if (query != nullptr) keep.insert({query->first.episode, query->second.episode});
  }
  if (const auto& pair = pair_.shown()) keep.insert({pair->first.episode, pair->second.episode});
  episodes_.Trim(kEpisodeMemoryBytes, kEpisodeRows, keep);
}

}  // namespace lookout::app
