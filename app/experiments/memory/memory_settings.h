// What an experiment on memory is run with: what it is worth to an agent that does not see all of
// its world. Value types; any thread.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "agents/rl/settings/training_settings.h"
#include "app/experiments/place_name.h"
#include "sim/base/choices.h"
#include "sim/base/fields.h"
#include "sim/config/config.h"

namespace lookout::app {

// How far an update may go. Every network is tried with the same ones.
enum class StepSize : std::uint8_t {
  kUsual,  // as the settings of training say
  kSmall,  // rate 1e-3, KL 0.02, gradients no longer than 0.5: what attention was found to want
  kLarge,  // rate 3e-3, KL 0.05, gradients of any length
};
std::span<const Choice<StepSize>> Choices(StepSize size);

struct MemorySettings {
  std::vector<sim::EnvironmentConfig> worlds;  // of different names, see PlaceName
  // Of every agent. Network, seed and what a step size says are those of its cell.
  agents::TrainingSettings training;
  int evaluation_episodes = 50;
};

// The numbers, as options of the command line.
template <FieldsOf<MemorySettings> Self, typename Visit>
void VisitFields(Self& s, Visit&& visit) {
  using F = Field<MemorySettings>;
  visit(F("evaluation-episodes", "of each agent, that its return and cost are measured on")
            .Within(1, 100'000)
            .Common(),
        s.evaluation_episodes);
}

struct MemoryPlan {
  std::vector<agents::NetworkKind> networks;
  std::vector<StepSize> step_sizes;
  int seeds = 1;  // 0, 1, ...
};

// One agent.
struct MemoryKey {
  std::size_t world = 0;  // of the settings'
  agents::NetworkKind network = agents::NetworkKind::kMlp;
  StepSize step_size = StepSize::kUsual;
  std::uint32_t seed = 0;
  bool operator==(const MemoryKey&) const = default;
};

// Seed by seed and world by world, so that a study that is cut short has whole seeds.
std::vector<MemoryKey> CellsOf(const MemorySettings& settings, const MemoryPlan& plan);

// With network, step size and seed of the agent.
agents::TrainingSettings TrainingSettingsOf(const MemorySettings& settings, const MemoryKey& key);

// The first seed of the episodes that an agent is measured on; training starts from none of them.
std::uint32_t EvaluationSeedOf(const MemorySettings& settings, std::uint32_t seed);

}  // namespace lookout::app
