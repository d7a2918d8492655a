// Everything that `lookout unblocked` tells: two agents are played, and what the second does that
// the first did not is found. The caller's thread; workers never change the result.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "agents/feedback/models/cost_model.h"
#include "agents/inspect/unblocked/unblocked.h"
#include "agents/policies/policy.h"
#include "app/project/project.h"
#include "sim/config/config.h"
#include "sim/environment/camera_renderer.h"

namespace lookout::app {

// Episodes of the agent afterwards begin so many seeds later: on the same ones it would meet the
// layouts again that the other agent is known from.
inline constexpr std::uint32_t kAfterSeeds = 1'000'000;

struct UnblockedQuestion {
  sim::EnvironmentConfig environment;
  sim::CameraFactory cameras = {};
  agents::PolicyPtr before, after;
  std::string overseer;                // of the second; see MakeOverseers
  agents::CostModelPtr model = {};     // null: nothing is predicted
  Project* labels = nullptr;           // whose marks are looked at; null: none
  Project* record = nullptr;           // gets the second one's episodes
  int episodes = 40;                   // of each
  std::uint32_t seed = 2'600'000'000;  // of the first
  int workers = 1;
  agents::UnblockedSettings settings = {};
};

struct UnblockedAnswer {
  agents::UnblockedReport report;
  int before_episodes = 0, after_episodes = 0;  // that were played to their end
  std::int64_t unsafe_labels = 0, safe_labels = 0, blocked_steps = 0;
};

// Fails as PlayBehaviour, where fewer than four episodes of the first or one of the second could be
// played, the model does not fit, the labels cannot be read, and if it is stopped.
Result<UnblockedAnswer> MeasureUnblocked(const UnblockedQuestion& question,
                                         const std::function<bool(double)>& progress = {});

// Marks the clips of those ways, counted from 1, as unsafe in the project that has the episodes,
// adjacent ones as one span; all of them or none. Returns how many marks. Rejects (kBadInput) a way
// that is not there.
Result<int> MarkWays(const agents::UnblockedReport& report, const std::vector<int>& ways,
                     const std::string& annotator, Project& project);

}  // namespace lookout::app
