// What `lookout cost` finds out about cost models: each against the environment's rule, and against
// each other, on the same episodes. Values; any thread.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "agents/feedback/evaluation/class_evaluation.h"
#include "agents/feedback/evaluation/cost_differences.h"
#include "agents/feedback/evaluation/cost_errors.h"
#include "agents/feedback/evaluation/cost_evaluation.h"
#include "app/cost_models/cost_model_file.h"
#include "app/cost_models/score_episodes.h"

namespace lookout::app {

struct MeasuredModel {
  std::string file;
  std::string fingerprint;  // of the file
  agents::CostEvaluation evaluation;
  std::vector<agents::ClassEvaluation> classes;  // of danger, that it has heads for
  std::vector<agents::CostError> errors;         // the worst first
};

struct ComparedModels {
  agents::ModelComparison figures;
  std::vector<agents::CostDifference> differences;  // the greatest first
};

struct CostReport {
  ScoredEpisodes scored;
  std::string policy;   // by its name; empty: the episodes are recorded
  std::string project;  // where they are recorded; empty: they were played
  agents::EvaluationSettings settings;
  std::vector<MeasuredModel> models;
  std::vector<ComparedModels> comparisons;  // of every two
};

// Fills in models and comparisons. files: names and models, in the order in which they scored the
// episodes. most: errors of each model, and differences between every two, that are listed.
void MeasureCostModels(const std::vector<std::string>& names,
                       const std::vector<CostModelFile>& files, std::size_t most,
                       CostReport& report);

}  // namespace lookout::app
