// Whether a limit on a learned cost can be met: what a safe script's episodes cost under the model.
// The caller's thread.
#pragma once

#include "agents/feedback/models/cost_model.h"
#include "agents/rl/settings/limit_floor.h"
#include "agents/rollout/environment_maker.h"
#include "app/runs/policy_evaluation.h"
#include "sim/config/config.h"

namespace lookout::app {

// Episodes of each script, from seeds that no evaluation begins with.
inline const EvaluationOptions kFloorEpisodes{.episodes = 10, .seed = 3'000'000'000, .workers = 2};

// Plays the careful script and one that does nothing, and takes the one that costs less under the
// settings' cost source and reading. A floor in practice, not in principle: a trained agent may
// cost less than both, but hardly much. Same arguments, same result, whatever the number of
// workers. Fails as PlayEpisodes does, and if the reading cannot be made of the model.
Result<agents::LimitFloor> MeasureLimitFloor(const agents::TrainingSettings& settings,
                                             const agents::CostModelPtr& model,
                                             const sim::EnvironmentConfig& config,
                                             const agents::EnvironmentMaker& make_environment,
                                             const EvaluationOptions& options = kFloorEpisodes,
                                             const EvaluationProgress& progress = {});

}  // namespace lookout::app
