#include "app/experiments/memory/memory_settings.h"

#include <array>

#include "app/experiments/study_seeds.h"

namespace lookout::app {

std::span<const Choice<StepSize>> Choices(StepSize /*size*/) {
  static constexpr std::array<Choice<StepSize>, 3> kChoices{
      {{StepSize::kUsual, "usual"}, {StepSize::kSmall, "small"}, {StepSize::kLarge, "large"}}};
  return kChoices;
}

std::vector<MemoryKey> CellsOf(const MemorySettings& settings, const MemoryPlan& plan) {
  std::vector<MemoryKey> cells;
  for (int seed = 0; seed < plan.seeds; ++seed) {
    for (std::size_t world = 0; world < settings.worlds.size(); ++world) {
      for (const StepSize step_size : plan.step_sizes) {
        for (const agents::NetworkKind network : plan.networks) {
          cells.push_back({world, network, step_size, static_cast<std::uint32_t>(seed)});
        }
      }
    }
  }
  return cells;
}

agents::TrainingSettings TrainingSettingsOf(const MemorySettings& settings, const MemoryKey& key) {
  agents::TrainingSettings training = settings.training;
  training.network = key.network;
  training.seed = key.seed;
  training.workers = 1;  // agents are spread over the workers
  if (key.step_size == StepSize::kSmall) {
    training.policy_learning_rate = 1e-3;
    training.target_kl = 0.02;
    training.max_gradient_norm = 0.5;
  } else if (key.step_size == StepSize::kLarge) {
    training.policy_learning_rate = 3e-3;
    training.target_kl = 0.05;
    training.max_gradient_norm = 0.0;
  }
  return training;
}

std::uint32_t EvaluationSeedOf(const MemorySettings& settings, std::uint32_t seed) {
  agents::TrainingSettings training = settings.training;
  training.seed = seed;
  return StudySeeds(training, 1, settings.evaluation_episodes).first(0);
}

}  // namespace lookout::app
