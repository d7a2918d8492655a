// An agent that is explained, as a person names it: the folder of a run, a checkpoint or a policy's
// file. The caller's thread.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "agents/policies/learned/gaussian_actor.h"
#include "agents/rl/runs/checkpoint.h"
#include "sim/config/config.h"
#include "sim/environment/camera_renderer.h"

namespace lookout::app {

struct ExplainedAgent {
  agents::GaussianActor actor;
  sim::EnvironmentConfig environment;      // that it was trained in, or the one asked for
  std::optional<agents::Critics> critics;  // a policy's file has none
};

// Whether the path is of an agent: the folder of a run, a checkpoint or a policy's file.
bool IsAgent(const std::filesystem::path& path);

// id_or_file: as LoadSavedPolicy takes it, which rejects the same; a checkpoint that is damaged.
Result<ExplainedAgent> LoadExplainedAgent(const std::filesystem::path& path,
                                          const std::string& id_or_file,
                                          const sim::CameraFactory& cameras = {});

}  // namespace lookout::app
