// What the learned cost misses of what an agent visits. Extremal Goodhart: an agent goes where
// nothing was labelled, and there the model is no guide. Adversarial Goodhart: it finds the states
// that are called safe and cost. Pure functions; any thread.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "agents/feedback/agreement/episode_bootstrap.h"
#include "agents/feedback/audit/exact_interval.h"
#include "agents/inspect/goodhart/visits.h"

namespace lookout::agents {

// Intervals of shares hold over episodes, see clustered_share.h.
struct ExtremalReport {
  ExactInterval outside;         // of the steps: in more doubt than the threshold
  ExactInterval missed_inside;   // of the costly steps that are not: called safe
  ExactInterval missed_outside;  // of those that are
  std::vector<WorstCase> worst;  // stretches of misses outside, see MissesOf
};

struct MissSettings {
  float unsafe_from = 0.5F;  // predictions of at least this are verdicts of unsafe
  float doubt_above = 0.0F;  // a step of more doubt lies outside of what was labelled
  std::size_t most = 10;     // cases that are listed
};

ExtremalReport MeasureExtremal(std::span<const VisitedEpisode> episodes,
                               const MissSettings& settings);

struct AdversarialReport {
  ExactInterval missed;      // of the costly steps: called safe
  Estimate missed_per_1000;  // of those, per 1000 steps
  Estimate missed_cost;      // per episode: what they cost
  Estimate times_as_often;   // as by the reference: the rate of missed steps over its rate
  // Return of an episode above the reference's, for each unit of missed cost above the reference's;
  // NaN where the missed cost is not above it.
  Estimate return_per_missed_cost;
  std::vector<WorstCase> worst;  // stretches of misses, see MissesOf
};

// reference: episodes of a policy that did not learn from the model, as many and from the same
// seeds, of which the bootstrap draws the same.
AdversarialReport MeasureAdversarial(std::span<const VisitedEpisode> episodes,
                                     std::span<const VisitedEpisode> reference,
                                     const MissSettings& settings,
                                     const EpisodeBootstrap& bootstrap);

// Stretches of consecutive steps that cost and are called safe, at most `most`: those first whose
// true cost exceeds the predicted most, in sum. only_outside: steps in more doubt than the
// threshold alone.
std::vector<WorstCase> MissesOf(std::span<const VisitedEpisode> episodes,
                                const MissSettings& settings, bool only_outside);

// The least doubt that a share of all steps does not exceed, between the two nearest as NumPy does
// it; NaN without steps. For models that do not know their support.
float DoubtQuantile(std::span<const VisitedEpisode> episodes, double share);

}  // namespace lookout::agents
