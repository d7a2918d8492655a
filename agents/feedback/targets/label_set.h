// Labels: what marks say about single steps, after shifting each span back by its reaction lag.
// The training data of cost models. Value types; any thread.
#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <functional>
#include <span>
#include <utility>
#include <vector>

#include "agents/feedback/journal/mark.h"
#include "sim/base/result.h"

namespace lookout::agents {

// One row per labelled step.
struct LabelSet {
  Eigen::MatrixXf observations;      // [observation_dim x rows]
  std::vector<std::uint8_t> unsafe;  // 1: unsafe, 0: safe
  std::vector<EpisodeId> episodes;   // of each row; held-out sets are whole episodes
  std::vector<StepIndex> steps;

  std::int64_t rows() const { return static_cast<std::int64_t>(unsafe.size()); }
};

// Of steps, after the lag shift. The first two are the rows of the label set.
struct LabelCounts {
  std::int64_t unsafe = 0;
  std::int64_t safe = 0;
  std::int64_t unsure = 0;         // marked, but not used
  std::int64_t contradictory = 0;  // steps that one mark calls safe and another unsafe; not used
  std::int64_t unobserved = 0;     // labelled, but not recorded or not finite (diverged); not used
  std::int64_t episodes = 0;       // that have rows
};

// A step that marks disagree about, for the list of contradictions.
struct Contradiction {
  EpisodeId episode;
  StepIndex step = 0;
  MarkId unsafe_mark;
  MarkId safe_mark;
};

struct DerivedLabels {
  LabelSet labels;
  LabelCounts counts;
  std::vector<Contradiction> contradictions;  // at most 100 listed
};

// The observation of a step, or an empty span if it is not recorded.
using ObservationLookup = std::function<std::span<const float>(EpisodeId, StepIndex)>;

// How spans become labels.
struct LabelRule {
  bool unmarked_is_safe = false;  // in episodes that have marks, steps outside every mark are safe
};

// Applies lag shift (first and last step moved back together, clamped at 0), drops unsure and
// contradictory steps, one row per step however many marks cover it, ordered by episode and step.
// episode_lengths: recorded steps of each episode, the reset included; marks beyond them, or on
// episodes that are not listed, label nothing. Rejects (kBadInput) observations of another size.
Result<DerivedLabels> DeriveLabels(std::span<const Mark> marks, const LabelRule& rule,
                                   std::span<const std::pair<EpisodeId, StepIndex>> episode_lengths,
                                   int observation_dim, const ObservationLookup& observation_of);

}  // namespace lookout::agents
