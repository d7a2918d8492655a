// Which recordings are still in somebody's memory. An episode that was pruned from the project but
// is still on screen can be marked; then it is written again from here. One thread.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <vector>

#include "app/workers/runtime/recording_handle.h"
#include "sim/recording/recording.h"

namespace lookout::app {

class RecentEpisodes {
 public:
  void Remember(const sim::EpisodeHeaderPtr& header);
  void Remember(const sim::ChunkPtr& chunk);  // of a remembered header; else nothing

  // Everything, if nobody has let go of any of it.
  std::optional<Recording> Recall(EpisodeId id) const;
  // Forgets what can no longer be recalled.
  void Forget();

 private:
  struct Entry {
    sim::EpisodeHeaderPtr header;
    std::vector<std::weak_ptr<const sim::RecordingChunk>> chunks;
  };
  std::map<EpisodeId, Entry> entries_;
};

}  // namespace lookout::app
