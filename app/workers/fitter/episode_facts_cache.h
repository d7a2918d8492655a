// What was found out about the episodes that a fit learns from, so that the next fit need not
// replay them. One thread.
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <memory>

#include "agents/feedback/facts/episode_facts.h"
#include "app/workers/runtime/recording_handle.h"

namespace lookout::app {

class EpisodeFactsCache {
 public:
  // Holds the facts that were used last, at most that many bytes of them (and the newest in any
  // case).
  explicit EpisodeFactsCache(std::size_t most_bytes = std::size_t{32} << 20)
      : most_bytes_(most_bytes) {}

  // With geometry, of at least that many steps; null if it cannot be known (the episode was
  // recorded without the state). recording: the whole of it, or null; called if it is not known
  // already.
  std::shared_ptr<const agents::EpisodeFacts> Of(
      EpisodeId id, StepIndex steps, const std::function<const Recording*()>& recording);
  std::size_t bytes() const { return bytes_; }

 private:
  struct Known {
    StepIndex steps = 0;
    std::int64_t used = 0;
    std::size_t bytes = 0;
    std::shared_ptr<const agents::EpisodeFacts> facts;
  };

  std::size_t most_bytes_;
  std::size_t bytes_ = 0;
  std::map<EpisodeId, Known> known_;
  std::int64_t uses_ = 0;
};

}  // namespace lookout::app
