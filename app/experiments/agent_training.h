// The training of an agent of an experiment. One owner, one thread, which spreads the work over
// some of its own.
#pragma once

#include <functional>
#include <string>

#include "agents/feedback/models/cost_model.h"
#include "agents/rl/settings/iteration_report.h"
#include "agents/rl/settings/training_settings.h"
#include "app/experiments/keep_going.h"
#include "sim/base/result.h"
#include "sim/config/config.h"
#include "sim/environment/camera_renderer.h"

namespace lookout::app {

// The settings of an agent that is held to what the model predicts, with that limit; of no model,
// those of one without a constraint, by PPO.
agents::TrainingSettings HeldTo(const agents::CostModelPtr& model, double limit,
                                agents::TrainingSettings training);

struct AgentTraining {
  agents::TrainingSettings settings;
  const sim::EnvironmentConfig& environment;
  std::string checkpoint;      // to go on from; empty: a new agent
  agents::CostModelPtr model;  // that the settings need, or null
  int until_iteration = 0;     // of the whole training, from 1
  // Called after each iteration that is done here.
  std::function<void(const agents::IterationReport&)> after = {};
};

// How many iterations all steps of the settings make.
int IterationsOf(const agents::TrainingSettings& settings);

// Returns the checkpoint afterwards. The learning rates and all else that goes by the course of
// training go by all steps of the settings. Fails if it is stopped, or training fails.
Result<std::string> TrainAgent(const AgentTraining& agent, const sim::CameraFactory& cameras,
                               const StepProgress& progress);

}  // namespace lookout::app
