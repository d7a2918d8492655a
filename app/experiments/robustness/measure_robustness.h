// Measures cost models on corrupted episodes, side by side. Pure functions; any thread.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "agents/feedback/fitting/cost_model_fit.h"
#include "agents/feedback/models/cost_model.h"
#include "agents/feedback/targets/label_set.h"
#include "app/experiments/robustness/robustness_result.h"
#include "app/experiments/study_episodes.h"
#include "sim/base/result.h"
#include "sim/config/config.h"
#include "sim/environment/observation_signature.h"

namespace lookout::app {

// Episodes of seeds of their own: what one is used for, no other is.
struct RobustnessMaterial {
  sim::ObservationSignature signature;
  std::vector<StudyEpisode> pool;        // asked about, and taught from
  std::vector<StudyEpisode> selection;   // thresholds
  std::vector<StudyEpisode> evaluation;  // figures
  // The episodes of evaluation in a world that is shifted so.
  std::function<Result<std::vector<StudyEpisode>>(const sim::EnvironmentConfig& world)> play;
};

// Of each evaluation episode the steps that are hard, see agents::HardStates: to five plain
// networks of seeds of their own, a linear one and the nearest neighbours, all of the same labels.
struct HardSteps {
  std::vector<std::vector<int>> of_episode;
  int count() const;
  std::string hash() const;
};
Result<HardSteps> FindHardSteps(const RobustnessMaterial& material, const agents::LabelSet& labels,
                                const agents::CostModelSettings& settings,
                                const KeepGoing& keep_going);

// A fitted model and where its figures go; the arm and the answers are there already.
struct ModelToMeasure {
  agents::CostModelPtr model;
  RobustnessFigures figures;
};

// Fills in the figures, and returns the policy's own, [kPlays]. Every model sees the same
// corruptions, drawn by `seed`, and the same episodes in every shift of `world`. Fails if it is
// stopped, and where a shifted world cannot be played, which the error names.
Result<std::vector<PlayFigures>> MeasureRobustness(const RobustnessMaterial& material,
                                                   const sim::EnvironmentConfig& world,
                                                   const HardSteps& hard, std::uint32_t seed,
                                                   const KeepGoing& keep_going,
                                                   std::span<ModelToMeasure> models);

}  // namespace lookout::app
