// A trained policy and what it reached in episodes that it was evaluated on. Any thread.
#pragma once

#include <cstdint>
#include <limits>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "agents/overseer/ledger.h"
#include "app/runs/benchmark_scores.h"
#include "app/runs/policy_evaluation.h"
#include "app/runs/saved_policy.h"

namespace lookout::app {

struct PolicyEvaluationOptions {
  EvaluationOptions episodes;
  std::string environment;  // empty: the policy's own
  bool sampled = false;     // actions as in training, not their mean
  std::string overseer;  // who reviews every action (app/overseers/overseer_spec.h); empty: nobody
};

struct EvaluatedPolicy {
  std::string path;
  SavedPolicy saved;
  std::vector<sim::CostKind> cost_kinds;
  Evaluation evaluation;
  agents::LedgerCounts oversight;  // of the same episodes, those that diverged among them
  std::string_view actions;        // "mean" or "sampled"
  std::uint32_t first_seed = 0;
  // Of the run that the policy was named by, if it trained in the environment it is evaluated in.
  double training_cost_rate = std::numeric_limits<double>::quiet_NaN();
};

// path: as LoadSavedPolicy takes it. Rejects what that and PlayEpisodes reject.
Result<EvaluatedPolicy> EvaluatePolicy(const std::string& path,
                                       const PolicyEvaluationOptions& options,
                                       const sim::CameraFactory& cameras = {},
                                       const EvaluationProgress& progress = {});

Scores ScoresOf(const EvaluatedPolicy& policy);

// {"J": ..., "M": ..., "rho": ...}; null for NaN.
nlohmann::ordered_json ScoresToJson(const NormalisedScores& scores);

// All of it, with the benchmark's normalised scores where there are any for the environment.
nlohmann::ordered_json EvaluationToJson(const EvaluatedPolicy& policy);

}  // namespace lookout::app
