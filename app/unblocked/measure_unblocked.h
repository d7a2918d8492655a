// Everything that `lookout unblocked` tells: two agents are played, and what the second does that
// the first did not is found. The caller's thread; workers never change the result.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "agents/feedback/models/cost_model.h"
#include "agents/feedback/targets/label_set.h"
#include "agents/inspect/unblocked/unblocked.h"
#include "agents/policies/policy.h"
#include "app/overseers/play/episode_recorder.h"
#include "app/project/project.h"
#include "sim/config/config.h"
#include "sim/environment/camera_renderer.h"

namespace lookout::app {

// Episodes of the agent afterwards begin so many seeds later: on the same ones it would meet the
// layouts again that the other agent is known from.
inline constexpr std::uint32_t kAfterSeeds = 1'000'000;

// What was said of states of that environment; see JudgedIn.
using JudgedReader = std::function<Result<agents::JudgedStates>(const sim::EnvironmentSpec&)>;

struct UnblockedQuestion {
  sim::EnvironmentConfig environment;
  sim::CameraFactory cameras = {};
  agents::PolicyPtr before, after;
  std::string overseer;                // of the second; see MakeOverseers
  agents::CostModelPtr model = {};     // null: nothing is predicted
  JudgedReader judged = {};            // empty: nothing was
  bool record = false;                 // the second one's episodes are kept
  int episodes = 40;                   // of each
  std::uint32_t seed = 2'600'000'000;  // of the first
  int workers = 1;
  agents::UnblockedSettings settings = {};
};

struct UnblockedAnswer {
  agents::UnblockedReport report;
  int before_episodes = 0, after_episodes = 0;  // that were played to their end
  std::int64_t unsafe_labels = 0, safe_labels = 0, blocked_steps = 0;
  std::vector<RecordedEpisode> recorded;  // of the second one, if that was asked for
};

// Fails as PlayBehaviour, where fewer than four episodes of the first or one of the second could be
// played, the model does not fit, what was said cannot be read, and if it is stopped.
Result<UnblockedAnswer> MeasureUnblocked(const UnblockedQuestion& question,
                                         const std::function<bool(double)>& progress = {});

// What annotators said of states, as the search reads it.
agents::JudgedStates JudgedBy(agents::LabelSet labels);
// What a project's annotators said. The project has to outlive it.
JudgedReader JudgedIn(Project& project, const sim::CameraFactory& cameras = {});

}  // namespace lookout::app
