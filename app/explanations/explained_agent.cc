#include "app/explanations/explained_agent.h"

#include <system_error>
#include <utility>

#include "app/platform/files.h"
#include "app/runs/run_folder.h"
#include "app/runs/saved_policy.h"

namespace lookout::app {
namespace {

// The file of the agent's critics, if there may be one.
std::filesystem::path CheckpointOf(const std::filesystem::path& path) {
  std::error_code error;
  return std::filesystem::is_directory(path, error) ? RunFolder(path).checkpoint() : path;
}

}  // namespace

bool IsAgent(const std::filesystem::path& path) {
  std::error_code error;
  if (std::filesystem::is_directory(path, error)) return true;
  const auto bytes = ReadWholeFile(path, agents::kMostCheckpointBytes);
  return bytes && (agents::ArchiveReader::IsKind(*bytes, agents::kPolicyKind) ||
                   agents::ArchiveReader::IsKind(*bytes, agents::kCheckpointKind));
}

Result<ExplainedAgent> LoadExplainedAgent(const std::filesystem::path& path,
                                          const std::string& id_or_file,
                                          const sim::CameraFactory& cameras) {
  auto saved = LoadSavedPolicy(path, id_or_file, cameras);
  if (!saved) return saved.error();
  ExplainedAgent agent{.actor = std::move(saved->actor),
                       .environment = std::move(saved->environment)};
  const std::filesystem::path file = CheckpointOf(path);
  std::error_code error;
  if (!std::filesystem::exists(file, error)) return agent;
  const auto bytes = ReadWholeFile(file, agents::kMostCheckpointBytes);
  if (!bytes) return bytes.error();
  if (!agents::ArchiveReader::IsKind(*bytes, agents::kCheckpointKind)) return agent;
  const auto environment = MakeEnvironment(agent.environment, cameras);
  if (!environment) return environment.error();
  auto critics = agents::DecodeCritics(*bytes, (*environment)->spec());
  if (!critics) return BadInput(file.string() + ": " + critics.error().message);
  agent.critics = std::move(*critics);
  return agent;
}

}  // namespace lookout::app
