// The recorded episodes of an experiment: played by one policy, with what an annotator sees in
// them. One owner, one thread.
#pragma once

#include <Eigen/Core>
#include <algorithm>
#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "agents/feedback/annotators/danger_predicate.h"
#include "agents/feedback/transitions/transition.h"
#include "agents/policies/policy.h"
#include "app/experiments/keep_going.h"
#include "sim/base/ids.h"
#include "sim/base/result.h"
#include "sim/config/config.h"
#include "sim/engine/safety_gym.h"
#include "sim/environment/camera_renderer.h"

namespace lookout::app {

struct StudyEpisode {
  EpisodeId id;
  Eigen::MatrixXf observations;        // [observation_dim x steps], the reset included
  Eigen::MatrixXf actions;             // [action_dim x steps] that led to each; 0 for the reset
  std::vector<agents::SeenStep> seen;  // [steps] how dangerous each looks to a faultless eye
  double total_reward = 0.0;           // the return
  double rule_cost = 0.0;              // that the environment charged in total

  Eigen::Index steps() const { return observations.cols(); }
  // After the reset, to a faultless eye.
  double unsafe_steps() const {
    return static_cast<double>(std::count_if(seen.begin() + 1, seen.end(),
                                             [](const auto& step) { return step.margin > 0.0F; }));
  }
};

// Sees the world after the reset, step 0, and after every step. An episode that is left out was
// watched, too; the one in its place has the same id.
using StepWatcher =
    std::function<Status(EpisodeId episode, StepIndex step, const sim::SafetyGym& world)>;

struct PlayOrder {
  int episodes = 1;
  std::uint32_t first_seed = 0;  // of the first episode; each further one adds 1
  EpisodeId first_id;            // likewise
  StepWatcher watch;             // empty: nobody
};

// Seeds from which no episode starts, and episodes that diverge, are left out; others take their
// place. Fails if as many again are of no use, as the watcher fails, or if it is stopped.
Result<std::vector<StudyEpisode>> PlayStudyEpisodes(const sim::EnvironmentConfig& config,
                                                    const sim::CameraFactory& cameras,
                                                    const agents::Policy& policy,
                                                    const agents::DangerPredicate& sees,
                                                    const PlayOrder& order,
                                                    const KeepGoing& keep_going);

// An episode that begins with the world as it is, in which one action is held for so many steps.
// Nothing if it diverges.
Result<std::optional<StudyEpisode>> PlayHeldAction(sim::SafetyGym& gym,
                                                   const Eigen::VectorXd& action, int steps,
                                                   const agents::DangerPredicate& sees,
                                                   EpisodeId id);

}  // namespace lookout::app
