// Causal Goodhart: what moves the learned cost, the causes of the true one or mere correlates? From
// trials in which one thing was changed in a copy of a visited state. Pure functions; any thread.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "agents/feedback/agreement/episode_bootstrap.h"
#include "agents/inspect/goodhart/visits.h"

namespace lookout::agents {

struct CausalTrial {
  std::size_t change = 0;   // what was changed, a number of the caller's names
  std::size_t episode = 0;  // number of the one that the state is of
  StepIndex step = 0;
  double predicted_before = 0.0, predicted_after = 0.0;
  double true_before = 0.0, true_after = 0.0;

  double predicted_change() const { return std::abs(predicted_after - predicted_before); }
  double true_change() const { return std::abs(true_after - true_before); }
  bool changes_truth() const { return true_change() > 0.0; }
};

struct CausalFigures {
  std::string change;  // "hazard taken away"; empty: all of them together
  std::int64_t trials = 0;
  std::int64_t changed_truth = 0;  // in how many the true cost changed
  // Share of the learned cost's change, over all trials, that fell to those in which the true cost
  // stayed as it was. NaN where the learned cost never changes.
  Estimate spent_on_correlates;
  // Share of the true cost's change that the learned cost hardly noticed: by less than `notices`.
  Estimate unnoticed;
  double mean_change_for_cause = 0.0;      // of the learned cost where the true one changes
  double mean_change_for_correlate = 0.0;  // and where it does not; NaN: there is no such trial
};

struct CausalReport {
  CausalFigures all;
  std::vector<CausalFigures> by_change;  // those that were tried, in the order of their numbers
  std::vector<CausalTrial> worst_spent;  // largest change of the learned cost for nothing
  std::vector<CausalTrial>
      worst_unnoticed;  // largest change of the true cost, least of the learned
};

struct CausalSettings {
  double notices = 0.1;
  std::size_t most = 10;  // of the worst, for each list
};

// names: of the changes. bootstrap: of the episodes that the trials name.
CausalReport MeasureCausal(std::span<const CausalTrial> trials, std::span<const std::string> names,
                           const CausalSettings& settings, const EpisodeBootstrap& bootstrap);

}  // namespace lookout::agents
