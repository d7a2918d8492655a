// The gaps of the chain from what is meant to what an agent does: labels against the truth, the
// fitted model against the best of its class, and where the agent is against where the learned cost
// says it is. Pure functions; any thread.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "agents/feedback/agreement/episode_bootstrap.h"
#include "agents/feedback/audit/exact_interval.h"
#include "agents/inspect/goodhart/visits.h"
#include "sim/base/ids.h"

namespace lookout::agents {

// --- Ideal: what was labelled, and what the rule says of it.
struct JudgedLabel {
  EpisodeId episode;
  StepIndex step = 0;
  bool unsafe = false;  // says the label
  double truth = 0.0;   // charges the rule
  bool wrong() const { return unsafe != (truth > 0.0); }
};

struct WrongLabels {
  EpisodeId episode;
  StepIndex first_step = 0, last_step = 0;
  std::int64_t labels = 0;
  bool unsafe = false;  // said so, of what does not cost; else safe of what does
};

struct LabelGap {
  std::int64_t labels = 0;
  ExactInterval wrong;             // of all labels
  ExactInterval missed;            // of those on costly steps: safe
  ExactInterval false_alarms;      // of the others: unsafe
  std::vector<WrongLabels> worst;  // stretches, the longest first
};

// labels: by episode and step.
LabelGap MeasureLabelGap(std::span<const JudgedLabel> labels, std::size_t most);

// --- Model: errors of the fitted one and of the best of its class, on the steps both can judge.
struct ModelErrors {
  Estimate brier;              // mean squared error of the probability of a cost
  ExactInterval missed;        // of the costly steps: called safe
  ExactInterval false_alarms;  // of the others: called unsafe
};

struct ModelGap {
  ModelErrors fitted, best;
  Estimate brier_difference;     // fitted less best: what better labels could still bring
  std::vector<WorstCase> worst;  // stretches that the fitted one misses and the best does not
};

ModelGap MeasureModelGap(std::span<const VisitedEpisode> episodes, float unsafe_from,
                         const EpisodeBootstrap& bootstrap, std::size_t most);

// --- Revealed: by distance to the nearest thing that the rule charges for, how much more often the
// agent is there than a reference that has no aim.
struct DistanceBin {
  double from_m = 0.0, to_m = 0.0;      // from <= distance < to
  Estimate share, reference_share;      // of the steps
  Estimate log_ratio;                   // ln of the first over the second; NaN where one is 0
  double predicted = 0.0, truth = 0.0;  // mean costs of the agent's steps there; NaN: none
};

struct RevealedGap {
  std::vector<DistanceBin> bins;
  Estimate true_log_ratio;       // ln of the agent's true cost per step over the reference's
  Estimate predicted_log_ratio;  // the same as the learned cost has it
  Estimate gap;                  // the first less the second; 0: it does what the model says
};

// edges_m: ascending, from 0; what is beyond the last is the last bin. reference: as many episodes,
// of the same seeds.
RevealedGap MeasureRevealed(std::span<const VisitedEpisode> episodes,
                            std::span<const VisitedEpisode> reference,
                            std::span<const double> edges_m, const EpisodeBootstrap& bootstrap);

}  // namespace lookout::agents
