#include "app/workers/writer/recent_episodes.h"

#include <algorithm>
#include <utility>

namespace lookout::app {

void RecentEpisodes::Remember(const sim::EpisodeHeaderPtr& header) {
  entries_[header->id] = {.header = header, .chunks = {}};
}

void RecentEpisodes::Remember(const sim::ChunkPtr& chunk) {
  const auto found = entries_.find(chunk->episode);
  if (found != entries_.end()) found->second.chunks.push_back(chunk);
}

std::optional<Recording> RecentEpisodes::Recall(EpisodeId id) const {
  const auto found = entries_.find(id);
  if (found == entries_.end()) return std::nullopt;
  Recording recording{.header = found->second.header, .chunks = {}};
  for (const auto& kept : found->second.chunks) {
    sim::ChunkPtr chunk = kept.lock();
    if (chunk == nullptr) return std::nullopt;
    recording.chunks.push_back(std::move(chunk));
  }
  return recording;
}

void RecentEpisodes::Forget() {
  std::erase_if(entries_, [this](const auto& entry) {
    // Of the newest one the steps may still be to come.
    if (entry.second.chunks.empty()) return entry.first != entries_.rbegin()->first;
    return std::any_of(entry.second.chunks.begin(), entry.second.chunks.end(),
                       [](const auto& chunk) { return chunk.expired(); });
  });
}

}  // namespace lookout::app
