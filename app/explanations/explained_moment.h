// Which moment is explained: a step of an episode that is played for it, or of a recorded one. The
// caller's thread.
#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "agents/feedback/models/cost_model.h"
#include "agents/policies/policy.h"
#include "app/project/project.h"
#include "sim/engine/safety_gym.h"
#include "sim/environment/camera_renderer.h"

namespace lookout::app {

struct ExplainedMoment {
  std::unique_ptr<sim::SafetyGym> world;  // in that moment
  std::string agent;                      // who acted, by name
  std::uint32_t seed = 0;
  StepIndex step = 0;
  EpisodeId episode;             // of a project; 0: played
  double rule_cost = 0.0;        // that the step was charged; 0 of step 0
  Eigen::MatrixXf observations;  // [observation_dim x step + 1], the reset first
  Eigen::MatrixXf actions;       // [action_dim x step], executed

  // What a model that fits says of the step, with the history and action that it looks at.
  agents::CostPrediction Predict(const agents::CostModel& model) const;
};

// Plays as `lookout sim` plays its first episode. going: asked before each step. Rejects
// (kBadInput) a step after the episode's end, saying where that is, and configurations as
// SafetyGym::Create.
Result<ExplainedMoment> PlayTo(StepIndex step, const sim::EnvironmentConfig& config,
                               const agents::Policy& policy, std::uint32_t seed,
                               const sim::CameraFactory& cameras = {},
                               const std::function<bool()>& going = {});

// Rejects (kBadInput) an episode that is not there, a step after its end, saying where that is, and
// an episode without the simulator's state.
Result<ExplainedMoment> RecordedMoment(Project& project, EpisodeId episode, StepIndex step,
                                       const sim::CameraFactory& cameras = {});

}  // namespace lookout::app
