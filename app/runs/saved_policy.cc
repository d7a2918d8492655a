#include "app/runs/saved_policy.h"

#include "agents/rl/runs/checkpoint.h"
#include "app/platform/files.h"
#include "sim/config/config_file.h"
#include "sim/engine/safety_gym.h"

namespace lookout::app {

Result<std::unique_ptr<sim::Environment>> MakeEnvironment(const sim::EnvironmentConfig& config,
                                                          const sim::CameraFactory& cameras) {
  auto environment = sim::SafetyGym::Create(config, cameras);
  if (!environment.ok()) return environment.error();
  return std::unique_ptr<sim::Environment>(std::move(*environment));
}

Result<sim::EnvironmentConfig> EnvironmentOf(const agents::PolicyOrigin& origin) {
  if (origin.configuration.empty()) return sim::ConfigForId(origin.environment_id);
  return sim::ParseConfigText(origin.configuration, origin.environment_id);
}

Result<SavedPolicy> LoadSavedPolicy(const std::filesystem::path& path,
                                    const std::string& id_or_file,
                                    const sim::CameraFactory& cameras) {
  SavedPolicy saved;
  std::filesystem::path file = path;
  std::error_code error;
  if (std::filesystem::is_directory(path, error)) {
    auto run = LoadRunFolder(path);
    if (!run.ok()) return run.error();
    saved.run = std::move(*run);
    file = RunFolder(path).policy();
  }
  const auto bytes = ReadWholeFile(file, agents::kMostCheckpointBytes);
  if (!bytes.ok()) return bytes.error();
  const auto refuse = [&](const Error& cause) {
    return BadInput(file.string() + ": " + cause.message);
  };
  const auto origin = agents::OriginOfPolicy(*bytes);
  if (!origin.ok()) return refuse(origin.error());
  auto config = !id_or_file.empty() ? sim::LoadConfig(id_or_file)
                : saved.run         ? EnvironmentOf(saved.run->config)
                                    : EnvironmentOf(*origin);
  if (!config.ok()) return id_or_file.empty() ? refuse(config.error()) : config.error();
  const auto environment = MakeEnvironment(*config, cameras);
  if (!environment.ok()) return environment.error();
  auto actor = agents::DecodeActor(*bytes, (*environment)->spec());
  if (!actor.ok()) return refuse(actor.error());
  saved.actor = std::move(*actor);
  saved.environment = std::move(*config);
  return saved;
}

}  // namespace lookout::app
