#include "app/workers/fitter/learned_episodes.h"

#include <algorithm>

#include "agents/feedback/kinds/region.h"

namespace lookout::app {
namespace {

void AddWhereItHolds(const agents::Region& region, std::span<const KnownEpisode> known,
                     std::set<EpisodeId>& episodes) {
  const auto drawn = std::ranges::find(known, region.episode, &KnownEpisode::id);
  if (drawn == known.end()) return;
  const bool everywhere = region.shape == agents::RegionShape::kAround;
  int added = 0;
  for (const KnownEpisode& episode : known) {
    if (episode.environment != drawn->environment) continue;
    if (everywhere ? added == kMostRuledEpisodes : episode.seed != drawn->seed) continue;
    episodes.insert(episode.id);
    ++added;
  }
}

}  // namespace

std::set<EpisodeId> EpisodesToLearnFrom(const agents::FeedbackSet& feedback,
                                        std::span<const KnownEpisode> known) {
  std::set<EpisodeId> episodes;
  for (const auto& [id, record] : feedback.records()) {
    episodes.insert(record.episodes.begin(), record.episodes.end());
    const Result<agents::Region> region = RegionOf(record);
    if (region && region->on) AddWhereItHolds(*region, known, episodes);
  }
  return episodes;
}

}  // namespace lookout::app
