// Which episodes a fit learns from. Pure function; any thread.
#pragma once

#include <cstdint>
#include <set>
#include <span>
#include <string>

#include "agents/feedback/journal/feedback_journal.h"
#include "sim/base/ids.h"

namespace lookout::app {

// Of an episode that is recorded.
struct KnownEpisode {
  EpisodeId id;
  std::string environment;  // by its id
  std::uint32_t seed = 0;
};

// A rule about every object of a kind holds in that many episodes of its environment, the newest.
inline constexpr int kMostRuledEpisodes = 24;

// Those that any feedback is about, known or not; and where regions that are switched on hold:
// others of the seed in which one was drawn, the newest ones of the environment in which a rule
// about a kind of object was written. known: newest first.
std::set<EpisodeId> EpisodesToLearnFrom(const agents::FeedbackSet& feedback,
                                        std::span<const KnownEpisode> known);

}  // namespace lookout::app
