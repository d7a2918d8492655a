#include "app/experiments/study_seeds.h"

#include "agents/rl/settings/settings.h"

namespace lookout::app {
namespace {

constexpr std::uint64_t kFirst = 10'000'000;
constexpr std::uint64_t kSeedsOfEach = 1'000'000;  // from a training's seed to the next
constexpr std::uint64_t kPlaces = 1000;            // for seeds of training, then from the start

// Whether training starts an episode from one of so many seeds. An episode has a step at least.
bool TrainingTakes(const agents::TrainingSettings& training, std::uint64_t first,
                   std::uint64_t count) {
  const auto environments = static_cast<std::uint32_t>(training.environments);
  const auto most = static_cast<std::uint64_t>(training.total_steps) / environments +
                    static_cast<std::uint64_t>(training.steps_per_iteration);
  for (std::uint32_t i = 0; i < environments; ++i) {
    const std::uint64_t begin = agents::StreamSeed(training.seed, agents::Stream::kEpisodes, i);
    if (begin < first + count && first < begin + most) return true;
  }
  return false;
}

}  // namespace

StudySeeds::StudySeeds(const agents::TrainingSettings& training, int purposes, int most_episodes)
    : each_(2U * static_cast<std::uint32_t>(most_episodes)) {
  const std::uint64_t count = static_cast<std::uint64_t>(purposes) * each_;
  std::uint64_t first = kFirst + kSeedsOfEach * (training.seed % kPlaces);
  while (TrainingTakes(training, first, count)) first += count;
  first_ = static_cast<std::uint32_t>(first);
}

}  // namespace lookout::app
