// What the seeds of an experiment on queries say together: mean curves with bands, and how many
// labels each strategy needs for the same error. Pure functions; any thread.
#pragma once

#include <array>
#include <span>
#include <string>
#include <vector>

#include "agents/feedback/agreement/episode_bootstrap.h"
#include "app/experiments/queries/seed_result.h"

namespace lookout::app {

// A held-out error of a round.
struct ErrorMeasure {
  const char* key;   // of a JSON object
  const char* name;  // for a person
  double (*of)(const RoundFigures&);
};

// The mean over the seeds after each round, with its 95 % bootstrap interval; as many rounds as the
// shortest seed has.
struct ErrorCurve {
  std::vector<double> labels;
  std::vector<agents::Estimate> error;
};

// How many times as many labels drawing by chance needs as the queue for one error.
struct LabelsNeeded {
  int at_labels = 0;          // of the random strategy, which give the error
  double error = 0.0;         // the least mean error that it has reached by then
  double queue_labels = 0.0;  // NaN: the queue does not get there
  // labels of random / labels of the queue, with the 95 % bootstrap interval over seeds; 0 where
  // the queue does not get there with all its labels.
  agents::Estimate ratio;
};

struct MeasureSummary {
  ErrorMeasure measure;
  std::array<ErrorCurve, kStrategies.size()> curves;  // of each strategy
  std::vector<LabelsNeeded> needed;                   // at half of the labels, and at all of them
};

// Of 1 - AUC, and of the error of the cost of an episode. results: one for each seed, at least one,
// all of the same settings.
std::vector<MeasureSummary> Summarise(std::span<const SeedResult> results);

// The fewest labels after which a falling curve is at `error` or below, linear between its points;
// NaN if it never is. labels, errors: [rounds]; what rises again counts as it was before.
double LabelsFor(std::span<const double> labels, std::span<const double> errors, double error);

}  // namespace lookout::app
