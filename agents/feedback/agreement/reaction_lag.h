// How late an annotator presses and lets go, estimated from the marks themselves: where what the
// rule charges begins and ends, against where the marks do. Pure function; any thread.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "agents/feedback/agreement/annotator_opinions.h"
#include "agents/feedback/agreement/episode_bootstrap.h"

namespace lookout::agents {

inline constexpr double kLongestLag_s = 1.5;
inline constexpr std::int64_t kLeastLagEdges = 30;

// Of the beginnings of marks, or of their ends.
struct EdgeLag {
  std::int64_t edges = 0;  // at most kLongestLag_s after an event
  Estimate lag_s;          // NaN of fewer than kLeastLagEdges
};

struct ReactionLag {
  std::string annotator;
  EdgeLag onset;
  EdgeLag offset;
};

// Of each annotator who marked something unsafe on a moving picture, in the order of
// opinions.annotators. The lag is the time tau in [0, kLongestLag_s], on a grid of 20 ms, at which
// the sum over edges of event(t - tau) is largest, with a triangle of 0.1 s to either side in place
// of the single step (cross-correlation of onsets; Mariooryad and Busso 2013 do the same by mutual
// information). An event is the first step of a stretch that the rule charges for, and the last
// one of it for ends. Times are those on the person's clock: steps divided by the speed at the
// press. Marks whose edges were moved afterwards are left out where others of that annotator carry
// a lag; episodes without a rule's cost count for nothing. bootstrap: over opinions.episodes.
std::vector<ReactionLag> EstimateReactionLags(const AnnotatorOpinions& opinions,
                                              const EpisodeBootstrap& bootstrap);

}  // namespace lookout::agents
