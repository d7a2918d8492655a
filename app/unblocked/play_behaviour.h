// Plays an agent and takes down what it does, for the comparison with another. Spread over workers,
// which never change the result. Any thread.
#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <vector>

#include "agents/feedback/models/cost_model.h"
#include "agents/inspect/unblocked/behaviour.h"
#include "agents/policies/policy.h"
#include "agents/rollout/action_filter.h"
#include "app/overseers/play/episode_recorder.h"
#include "app/runs/policy_evaluation.h"
#include "sim/config/config.h"
#include "sim/environment/camera_renderer.h"

namespace lookout::app {

struct PlayedBehaviour {
  agents::BehaviourEpisode behaviour;
  Eigen::MatrixXf observations;   // [observation_dim x steps + 1], the reset first
  Eigen::MatrixXf actions;        // [action_dim x steps], executed
  double total_reward = 0.0;      // the return
  RecordedEpisode recorded = {};  // if that was asked for
};

struct BehaviourPlay {
  const sim::EnvironmentConfig& environment;
  sim::CameraFactory cameras = {};
  EvaluationOptions episodes = {};           // with the overseers as make_filter
  const agents::CostModel* model = nullptr;  // that fits; null: nothing is predicted
  bool record = false;                       // every episode is kept as a project has it
};

// In the order of their seeds. Seeds that no episode starts from, and episodes in which the physics
// failed, are left out of the list. Fails as PlayEpisodes.
Result<std::vector<PlayedBehaviour>> PlayBehaviour(const agents::Policy& policy,
                                                   const BehaviourPlay& play,
                                                   const EvaluationProgress& progress = {});

// What the comparison reads of them.
std::vector<agents::BehaviourEpisode> BehavioursOf(std::vector<PlayedBehaviour> played);

// What the model predicts of each step. [steps]
std::vector<float> PredictionsOf(const PlayedBehaviour& played, const agents::CostModel& model);

}  // namespace lookout::app
