#include "agents/inspect/explanations/agent_numbers.h"

#include <fmt/format.h>

#include <utility>

namespace lookout::agents {
namespace {

using Observations = Eigen::Ref<const Eigen::MatrixXf>;

// What it would have acted on before the moment, [observation_dim x n].
Eigen::MatrixXf ActedOn(const Observations& observations, int action_repeat) {
  const Eigen::Index repeat = action_repeat;
  const Eigen::Index before = observations.cols() - 1;
  Eigen::MatrixXf acted(observations.rows(), (before + repeat - 1) / repeat);
  for (Eigen::Index i = 0; i < acted.cols(); ++i) acted.col(i) = observations.col(i * repeat);
  return acted;
}

ExplainedOutput OutputOf(const GaussianActor& actor, const SequenceNetwork& network, int output,
                         const Observations& observations) {
  const Eigen::MatrixXf acted = ActedOn(observations, actor.action_repeat);
  return {network, output, actor.normaliser, RememberedAfter(network, actor.normaliser, acted)};
}

}  // namespace

std::vector<AgentNumber> ActionNumbers(const GaussianActor& actor, const sim::EnvironmentSpec& spec,
                                       const Observations& observations) {
  std::vector<AgentNumber> numbers;
  const std::vector<std::string>& meaning = spec.action_meaning;
  for (int i = 0; i < actor.action_dim(); ++i) {
    const auto place = static_cast<std::size_t>(i);
    numbers.push_back({place < meaning.size() ? fmt::format("action {}: {}", i, meaning[place])
                                              : fmt::format("action {}", i),
                       OutputOf(actor, actor.mean, i, observations)});
  }
  return numbers;
}

std::vector<AgentNumber> ExpectedNumbers(const GaussianActor& actor, const Critics& critics,
                                         const Observations& observations) {
  std::vector<AgentNumber> numbers;
  numbers.push_back({"expected reward", OutputOf(actor, critics.value, 0, observations)});
  if (critics.cost_value_is_trained) {
    numbers.push_back({"expected cost", OutputOf(actor, critics.cost_value, 0, observations)});
  }
  return numbers;
}

}  // namespace lookout::agents
