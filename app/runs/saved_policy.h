// A trained policy as a person names it: the folder of a run, a checkpoint or a policy file. Any
// thread.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "agents/policies/gaussian_actor.h"
#include "app/runs/run_folder.h"
#include "sim/config.h"

namespace lookout::app {

struct SavedPolicy {
  agents::GaussianActor actor;
  sim::EnvironmentConfig environment;  // that it was trained in, or the one asked for
  std::optional<LoadedRun> run;        // if a run's folder was named
};

// environment_id: plays in that one; empty: in the one that the file names. Refuses (kBadInput)
// damaged files, unknown environments, and a policy of other sizes than the environment's.
Result<SavedPolicy> LoadSavedPolicy(const std::filesystem::path& path,
                                    const std::string& environment_id = {});

// Worlds of that configuration.
Result<std::unique_ptr<sim::Environment>> MakeEnvironment(const sim::EnvironmentConfig& config);

}  // namespace lookout::app
