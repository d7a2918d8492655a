// Fresh episodes of a policy, as Goodhart measures look at them. Spread over workers; how many
// there are never changes the result.
#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "agents/feedback/models/cost_model.h"
#include "agents/inspect/goodhart/visits.h"
#include "agents/policies/learned/gaussian_actor.h"
#include "agents/policies/policy.h"
#include "sim/config/config.h"
#include "sim/engine/safety_gym.h"
#include "sim/environment/camera_renderer.h"

namespace lookout::app {

// What was seen and done of one episode.
struct SeenEpisode {
  std::uint32_t seed = 0;
  double total_reward = 0.0;
  bool diverged = false;         // the physics failed: it ends before that step
  Eigen::MatrixXf observations;  // [observation_dim x steps + 1], the reset first
  Eigen::MatrixXf actions;       // [action_dim x steps], executed
  std::vector<float> truth;      // [steps] what the rule charged
  std::vector<float> nearest_m;  // [steps] the robot's distance to what the rule charges for
};

// Asked in every state of an episode after step `step`, from 1 on, on a worker's thread. worker: in
// [0, workers).
using StateWatcher = std::function<void(std::size_t episode, int worker, StepIndex step,
                                        const sim::SafetyGym& world)>;

struct PlaySetup {
  const sim::EnvironmentConfig* environment = nullptr;
  sim::CameraFactory cameras;
  std::vector<std::uint32_t> seeds;
  int workers = 2;
  std::function<bool(double fraction)> progress = {};  // on the caller's thread; false stops
};

// Seeds from `first` on from which an episode starts. Fails if half of those tried refuse.
Result<std::vector<std::uint32_t>> PlayableSeeds(const sim::EnvironmentConfig& environment,
                                                 const sim::CameraFactory& cameras,
                                                 std::uint32_t first, int count);

// One for each seed. Every episode is the one that `lookout sim` and `lookout explain` play from
// its seed, so that any moment can be looked at there. Fails if it is stopped.
Result<std::vector<SeenEpisode>> PlaySeen(const agents::Policy& policy, const PlaySetup& setup,
                                          const StateWatcher& watch = {});

// Who judges the steps.
struct Judges {
  const agents::CostModel* model = nullptr;
  const agents::CostModel* proxy = nullptr;  // the same, as training reads it
  const agents::CostModel* best = nullptr;   // of the model's class; null: none
  // For the distance between policies; null: it is not told.
  const agents::GaussianActor* acting = nullptr;
  const agents::GaussianActor* first = nullptr;
};

// Doubt is 1 less the model's support, see agents::CostModel::Support; of a model that does not
// know it, the spread of its ensemble.
agents::VisitedEpisode Judge(const SeenEpisode& seen, const Judges& judges);
std::vector<agents::VisitedEpisode> JudgeAll(std::span<const SeenEpisode> seen,
                                             const Judges& judges, int workers);

// Of every step of the episode: [steps], NaN where it cannot be told.
Eigen::VectorXf Predictions(const SeenEpisode& seen, const agents::CostModel& model,
                            Eigen::VectorXf& spread);

}  // namespace lookout::app
