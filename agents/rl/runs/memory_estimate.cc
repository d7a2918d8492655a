#include "agents/rl/runs/memory_estimate.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>

#include "agents/learning/mlp.h"
#include "agents/learning/network_trainer.h"
#include "agents/rl/rollouts/rollout_buffer.h"
#include "agents/rl/settings/settings.h"

namespace lookout::agents {
namespace {

constexpr int kNetworks = 3;  // policy, value, cost value
// Weights, Adam's two moments, and all three again to go back to.
constexpr double kWeightCopies = 6.0;
// Positions as they are and as they were saved.
constexpr double kPositionCopies = 2.0;
std::string Megabytes(double bytes) { return fmt::format("{} MB", std::int64_t(bytes / 1e6)); }

// Of one network with so many outputs.
struct NetworkSize {
  double weights = 0.0;
  double column_floats = 0.0;  // that a sample of a block takes
  int state_dim = 0;
};

NetworkSize SizeOfPerceptron(const TrainingSettings& settings, double inputs, int outputs) {
  const double width = settings.hidden;
  // Inputs, activations and deltas, for each hidden layer.
  return {width * (inputs + width + outputs + 1.0), 6.0 * width, 0};
}

NetworkSize SizeOf(const TrainingSettings& settings, int inputs, int outputs) {
  const double width = settings.hidden;
  switch (settings.network) {
    case NetworkKind::kMlp:
      return SizeOfPerceptron(settings, inputs, outputs);
    case NetworkKind::kStacked: {
      NetworkSize size = SizeOfPerceptron(settings, settings.stacked_frames * inputs, outputs);
      size.column_floats += double(settings.stacked_frames) * inputs;
      size.state_dim = (settings.stacked_frames - 1) * inputs;
      return size;
    }
    case NetworkKind::kGru:
      return {3.0 * width * (inputs + width + 1.0) + outputs * (width + 1.0), 12.0 * width,
              settings.hidden};
    case NetworkKind::kTrxl:
    case NetworkKind::kGtrxl: {
      const TransformerSizes sizes = TransformerSizesOf(settings, inputs, outputs);
      return {TransformerNetwork::ParameterCount(sizes), TransformerWorkspace::ColumnFloats(sizes),
              TransformerNetwork::StateDim(sizes)};
    }
  }
  return {};
}

double NetworkBytes(const TrainingSettings& settings, const sim::EnvironmentSpec& spec) {
  const NetworkSize size = SizeOf(settings, spec.observation_dim, spec.action_dim);
  const int minibatch = settings.minibatch > 0
                            ? std::min(settings.minibatch, settings.steps_per_iteration)
                            : settings.steps_per_iteration;
  const double shards = NetworkTrainer::MostShardsOf(minibatch);
  const double blocks = size.column_floats * kColumnBlock * settings.workers;
  return sizeof(float) * kNetworks * (size.weights * (kWeightCopies + shards) + blocks);
}

}  // namespace

MemoryEstimate EstimateMemory(const TrainingSettings& settings,
                              const sim::Environment& environment) {
  const sim::EnvironmentSpec& spec = environment.spec();
  const int state = SizeOf(settings, spec.observation_dim, spec.action_dim).state_dim;
  const double states = (kPositionCopies + 1.0) * sizeof(float) * state;
  const double actions = kPositionCopies * sizeof(float) * spec.action_dim * spec.max_episode_steps;
  return {.environments = settings.environments *
                          (static_cast<double>(environment.memory_bytes()) + actions + states),
          .buffer = RolloutBuffer::BytesNeeded(spec.observation_dim, spec.action_dim,
                                               settings.environments,
                                               settings.steps_per_iteration / settings.environments,
                                               {}, settings.learn_from == LearnFrom::kBoth),
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
