// A run that is asked how its learned cost fared: its policies along the training, the cost model
// that it read, its log. Any thread.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "agents/feedback/models/cost_model.h"
#include "agents/policies/learned/gaussian_actor.h"
#include "app/runs/run_folder.h"
#include "sim/config/config.h"
#include "sim/environment/camera_renderer.h"

namespace lookout::app {

struct GoodhartChoice {
  std::filesystem::path folder;
  std::string cost_model;  // its file, if it is no longer where the run found it
  int policies = 12;       // of those that the run kept, at most: evenly, the last included
};

struct GoodhartRun {
  LoadedRun run;
  sim::EnvironmentConfig environment;
  sim::EnvironmentSpec spec;
  std::string model_file;
  agents::CostModelPtr model;  // as it was fitted
  agents::CostModelPtr proxy;  // as training reads it, see agents::CostReading
  // Ascending by iteration; at least one, the last being that of policy.lookout.
  std::vector<agents::GaussianActor> policies;
  // Whether policies[0] is the one that the optimisation began with (agents::CanBeFirst): a
  // distance from it is one from the beginning.
  bool first_is_known = false;
  // What to play, or explain, to see a policy of these: a file, or the folder; of a run of a
  // project, in words.
  std::vector<std::string> policy_files;
  // Of a run of a project: `run.folder` and `model_file` are words for people, not paths.
  bool is_of_project = false;
  // Why its first iteration cannot be done again; empty: it may.
  std::string why_not_again;
};

// Rejects (kBadInput) a folder that holds no run of this program, a run that reads no cost model,
// a cost model that is not there or another one than the run has learned from, and a run that has
// kept no policy; each with the way out.
Result<GoodhartRun> LoadGoodhartRun(const GoodhartChoice& choice,
                                    const sim::CameraFactory& cameras = {});

}  // namespace lookout::app
