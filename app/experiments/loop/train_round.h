// The training of one round of the loop. One owner, one thread, which spreads the work over some of
// its own.
#pragma once

#include <string>

#include "agents/feedback/models/cost_model.h"
#include "app/experiments/keep_going.h"
#include "app/experiments/loop/loop_settings.h"
#include "sim/base/result.h"
#include "sim/environment/camera_renderer.h"

namespace lookout::app {

struct RoundTraining {
  std::string checkpoint;      // to go on from; empty: a new agent
  agents::CostModelPtr model;  // null: without a constraint, by PPO
  double limit = 0.0;          // of the learned cost, with a model
  int until_iteration = 0;     // of the whole training, from 1
};

// How many iterations of training are done after a round. As many in each, as nearly as they can.
int IterationsAfter(const LoopSettings& settings, int round);

// Returns the checkpoint afterwards. The learning rates and all else that goes by the course of
// training go by all rounds together. Fails if it is stopped, or training fails.
Result<std::string> TrainRound(const LoopSettings& settings, const sim::CameraFactory& cameras,
                               const RoundTraining& round, const StepProgress& progress);

}  // namespace lookout::app
