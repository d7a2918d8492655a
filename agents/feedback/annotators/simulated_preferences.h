// A simulated annotator's answers to "which of these two clips is safer", with the six faults of
// B-Pref (Lee, Smith, Dragan, Abbeel 2021). One owner, one thread.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "agents/feedback/annotators/simulated_annotator.h"
#include "agents/feedback/kinds/preference.h"
#include "sim/base/random_state.h"

namespace lookout::agents {

// How each step of an episode looks.
struct SeenEpisode {
  EpisodeId episode;
  std::vector<SeenStep> steps;
};

// The danger D of a clip of H steps is the sum of gamma^(H - t) over its unsafe steps t (myopic:
// the last count most). Skipped (nothing) if neither clip reaches `skip_steps`; alike (1/2) if they
// differ by less than `equal_steps`, or not at all. Else the first is the safer one with
// probability sigmoid(beta (D_2 - D_1)) (stochastic), surely the less dangerous one if beta is 0,
// and answered the other way round at `mistake_rate`. With all faults 0: the oracle. clips:
// non-empty.
std::optional<double> FirstIsSafer(std::span<const SeenStep> first,
                                   std::span<const SeenStep> second,
                                   const AnnotatorSettings& settings, RandomState& random);

// `count` pairs of clips drawn at random from the episodes, all of one observation; those that are
// skipped are left out. Episodes shorter than a clip are passed over.
std::vector<Preference> ComparePairs(std::span<const SeenEpisode> episodes, int count,
                                     StepIndex clip_steps, const AnnotatorSettings& settings,
                                     RandomState& random);

}  // namespace lookout::agents
