#include "app/runs/saved_policy.h"

#include "agents/rl/checkpoint.h"
#include "app/platform/files.h"
#include "sim/safety_gym.h"

namespace lookout::app {
namespace {

constexpr std::size_t kMostFileBytes = 1U << 30U;

}  // namespace

Result<std::unique_ptr<sim::Environment>> MakeEnvironment(const sim::EnvironmentConfig& config) {
  auto environment = sim::SafetyGym::Create(config);
  if (!environment.ok()) return environment.error();
  return std::unique_ptr<sim::Environment>(std::move(*environment));
}

Result<SavedPolicy> LoadSavedPolicy(const std::filesystem::path& path,
                                    const std::string& environment_id) {
  SavedPolicy saved;
  std::filesystem::path file = path;
  std::error_code error;
  if (std::filesystem::is_directory(path, error)) {
    auto run = LoadRun(path);
    if (!run.ok()) return run.error();
    saved.run = std::move(*run);
    file = RunFolder(path).policy();
  }
  const auto bytes = ReadWholeFile(file, kMostFileBytes);
  if (!bytes.ok()) return bytes.error();
  const auto refuse = [&](const Error& cause) {
    return BadInput(file.string() + ": " + cause.message);
  };
  const auto trained_in = agents::EnvironmentOfPolicy(*bytes);
  if (!trained_in.ok()) return refuse(trained_in.error());
  auto config = sim::ConfigForId(!environment_id.empty() ? environment_id
                                 : saved.run             ? saved.run->config.environment
                                                         : *trained_in);
  if (!config.ok()) return environment_id.empty() ? refuse(config.error()) : config.error();
  const auto environment = MakeEnvironment(*config);
  if (!environment.ok()) return environment.error();
  auto actor = agents::DecodeActor(*bytes, (*environment)->spec());
  if (!actor.ok()) return refuse(actor.error());
  saved.actor = std::move(*actor);
  saved.environment = std::move(*config);
  return saved;
}

}  // namespace lookout::app
