// A trained policy as a person names it: the folder of a run, a checkpoint or a policy file. Any
// thread.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "agents/policies/learned/gaussian_actor.h"
#include "app/runs/run_folder.h"
#include "sim/config/config.h"
#include "sim/environment/camera_renderer.h"

namespace lookout::app {

struct SavedPolicy {
  agents::GaussianActor actor;
  sim::EnvironmentConfig environment;  // that it was trained in, or the one asked for
  std::optional<LoadedRun> run;        // if a run's folder was named
};

// What the policy was trained in: the configuration in its file, or, in files that have none, the
// one registered under its name. Rejects (kBadInput) one that cannot be read or found.
Result<sim::EnvironmentConfig> EnvironmentOf(const agents::PolicyOrigin& origin);

// id_or_file: plays in that environment; empty: in the one that it was trained in. cameras: see
// MakeEnvironment. Rejects (kBadInput) damaged files, unknown environments, and a policy of other
// sizes than the environment's.
Result<SavedPolicy> LoadSavedPolicy(const std::filesystem::path& path,
                                    const std::string& id_or_file = {},
                                    const sim::CameraFactory& cameras = {});

// EnvironmentFactory of that configuration. cameras: what draws for robots that observe through
// one.
Result<std::unique_ptr<sim::Environment>> MakeEnvironment(const sim::EnvironmentConfig& config,
                                                          const sim::CameraFactory& cameras = {});

}  // namespace lookout::app
