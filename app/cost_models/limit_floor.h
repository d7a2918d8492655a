// Whether a limit on a learned cost can be met: what a safe script's episodes cost under the model.
// The caller's thread.
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "agents/feedback/agreement/episode_bootstrap.h"
#include "agents/feedback/models/cost_model.h"
#include "agents/policies/policy.h"
#include "agents/rl/settings/training_settings.h"
#include "agents/rollout/environment_maker.h"
#include "app/runs/policy_evaluation.h"
#include "sim/config/config.h"

namespace lookout::app {

// Episodes of each script, from seeds that no evaluation begins with.
inline constexpr EvaluationOptions kFloorEpisodes{
    .episodes = 10, .seed = 3'000'000'000, .workers = 2};

struct LimitFloor {
  std::string script;     // that costs least: "doing nothing", "the careful script"
  agents::Estimate cost;  // per episode, as training would count it; 95 % over episodes
  int episodes = 0;
};

// Whether a run with these settings is held to a limit on what a model predicts.
bool LimitsLearnedCost(const agents::TrainingSettings& settings);

// Plays the careful script and one that does nothing, and takes the one that costs less under the
// settings' cost source and reading. A floor in practice, not in principle: a trained agent may
// cost less than both, but hardly much. Same arguments, same result, whatever the number of
// workers. Fails as PlayEpisodes does, and if the reading cannot be made of the model.
Result<LimitFloor> MeasureLimitFloor(const agents::TrainingSettings& settings,
                                     const agents::CostModelPtr& model,
                                     const sim::EnvironmentConfig& config,
                                     const agents::EnvironmentMaker& make_environment,
                                     const EvaluationOptions& options = kFloorEpisodes,
                                     const EvaluationProgress& progress = {});

// "Under the cost model an episode of doing nothing costs 272 [251, 290] (10 episodes)."
std::string FloorText(const LimitFloor& floor);

// Rejects (kBadInput) a limit that lies below the whole interval, with the reason and the ways out.
Status CheckLimit(const LimitFloor& floor, double limit);

}  // namespace lookout::app
