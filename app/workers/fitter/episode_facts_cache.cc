#include "app/workers/fitter/episode_facts_cache.h"

#include <algorithm>
#include <utility>

namespace lookout::app {

std::shared_ptr<const agents::EpisodeFacts> EpisodeFactsCache::Of(
    EpisodeId id, StepIndex steps, const std::function<const Recording*()>& recording) {
  Known& known = known_[id];
  known.used = ++uses_;
  if (known.bytes == 0 || known.steps < steps) {
    bytes_ -= std::exchange(known.bytes, sizeof(Known));
    known.steps = steps;
    known.facts = nullptr;
    const Recording* whole = recording();
    if (whole == nullptr) {  // it may be read another time
      known_.erase(id);
      return nullptr;
    }
    if (whole->header != nullptr) {
      auto facts = agents::ReadFacts(*whole->header, whole->chunks, /*with_geometry=*/true);
      if (facts.ok()) {
        known.bytes += facts->steps.size() * sizeof(agents::StepFacts);
        known.facts = std::make_shared<const agents::EpisodeFacts>(std::move(*facts));
      }
    }
    bytes_ += known.bytes;
  }
  std::shared_ptr<const agents::EpisodeFacts> facts = known.facts;
  while (bytes_ > most_bytes_ && known_.size() > 1) {
    const auto oldest =
        std::ranges::min_element(known_, {}, [](const auto& entry) { return entry.second.used; });
    bytes_ -= oldest->second.bytes;
    known_.erase(oldest);
  }
  return facts;
}

}  // namespace lookout::app
