#include "agents/rl/runs/memory_estimate.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>

#include "agents/learning/mlp.h"
#include "agents/learning/network_trainer.h"
#include "agents/rl/rollouts/rollout_buffer.h"

namespace lookout::agents {
namespace {

constexpr int kNetworks = 3;  // policy, value, cost value
// Weights, Adam's two moments, and all three again to go back to.
constexpr double kWeightCopies = 6.0;
// Positions as they are and as they were saved.
constexpr double kPositionCopies = 2.0;
// Inputs, activations and deltas of a block, for each hidden layer.
constexpr double kBlockCopies = 6.0;

std::string Megabytes(double bytes) { return fmt::format("{} MB", std::int64_t(bytes / 1e6)); }

double NetworkBytes(const TrainingSettings& settings, const sim::EnvironmentSpec& spec) {
  const double hidden = settings.hidden;
  const double weights = hidden * (spec.observation_dim + hidden + spec.action_dim + 2.0);
  const int minibatch = settings.minibatch > 0
                            ? std::min(settings.minibatch, settings.steps_per_iteration)
                            : settings.steps_per_iteration;
  const double shards = NetworkTrainer::MostShardsOf(minibatch);
  const double blocks = kBlockCopies * hidden * kColumnBlock * settings.workers;
  return sizeof(float) * kNetworks * (weights * (kWeightCopies + shards) + blocks);
}

}  // namespace

MemoryEstimate EstimateMemory(const TrainingSettings& settings,
                              const sim::Environment& environment) {
  const sim::EnvironmentSpec& spec = environment.spec();
  const double actions = kPositionCopies * sizeof(float) * spec.action_dim * spec.max_episode_steps;
  return {.environments =
              settings.environments * (static_cast<double>(environment.memory_bytes()) + actions),
          .buffer = RolloutBuffer::BytesNeeded(spec.observation_dim, spec.action_dim,
                                               settings.steps_per_iteration, {},
                                               settings.learn_from == LearnFrom::kBoth),
          .networks = NetworkBytes(settings, spec)};
}

Status CheckFitsMemory(const MemoryEstimate& needed, const TrainingSettings& settings,
                       double most_bytes) {
  if (needed.total() <= most_bytes) return {};
  std::string option = fmt::format("--steps-per-iteration {}", settings.steps_per_iteration);
  double largest = needed.buffer;
  if (needed.environments > largest) {
    option = fmt::format("--environments {}", settings.environments);
    largest = needed.environments;
  }
  if (needed.networks > largest) {
    option = fmt::format("--hidden {}", settings.hidden);
    largest = needed.networks;
  }
  return BadInput("This run would take " + Megabytes(needed.total()) + " of memory, " + option +
                  " alone " + Megabytes(largest) + "; there is room for " + Megabytes(most_bytes) +
                  ", half of this machine's. Choose a smaller number there.");
}

}  // namespace lookout::agents
