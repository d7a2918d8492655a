#include "app/explanations/explained_agent.h"

#include <fmt/format.h>

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

// What it would have acted on before the moment, [observation_dim x n].
Eigen::MatrixXf ActedOn(const ExplainedMoment& moment, int action_repeat) {
  const Eigen::Index repeat = action_repeat;
  const Eigen::Index before = moment.observations.cols() - 1;
  Eigen::MatrixXf acted(moment.observations.rows(), (before + repeat - 1) / repeat);
  for (Eigen::Index i = 0; i < acted.cols(); ++i) {
    acted.col(i) = moment.observations.col(i * repeat);
  }
  return acted;
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

std::vector<AgentNumber> NumbersOf(const ExplainedAgent& agent, const ExplainedMoment& moment) {
  const Eigen::MatrixXf acted = ActedOn(moment, agent.actor.action_repeat);
  const auto& normaliser = agent.actor.normaliser;
  std::vector<AgentNumber> numbers;
  const auto add = [&](std::string name, const agents::SequenceNetwork& network, int output) {
    numbers.push_back(
        {std::move(name),
         {network, output, normaliser, agents::RememberedAfter(network, normaliser, acted)}});
  };
  const std::vector<std::string>& meaning = moment.world->spec().action_meaning;
  for (int i = 0; i < agent.actor.action_dim(); ++i) {
    const auto place = static_cast<std::size_t>(i);
    add(place < meaning.size() ? fmt::format("action {}: {}", i, meaning[place])
                               : fmt::format("action {}", i),
        agent.actor.mean, i);
  }
  if (!agent.critics) return numbers;
  add("expected reward", agent.critics->value, 0);
  if (agent.critics->cost_value_is_trained) add("expected cost", agent.critics->cost_value, 0);
  return numbers;
}

}  // namespace lookout::app
