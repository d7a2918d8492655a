#include "app/experiments/loop/loop_seeds.h"

#include <algorithm>

#include "agents/rl/settings/settings.h"

namespace lookout::app {
namespace {

constexpr std::uint64_t kFirst = 10'000'000;
constexpr std::uint64_t kSeedsOfEach = 1'000'000;  // from a training's seed to the next
constexpr std::uint64_t kPlaces = 1000;            // for seeds of training, then from the start
constexpr std::uint32_t kPurposes = 3;

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

LoopSeeds::LoopSeeds(const LoopSettings& settings)
    : rounds_(static_cast<std::uint32_t>(settings.rounds + 1)),
      // Seeds from which no episode starts are passed over; see PlayStudyEpisodes.
      each_(2U *
            static_cast<std::uint32_t>(std::max({settings.asked_episodes, settings.audit_episodes,
                                                 settings.evaluation_episodes}))) {
  const std::uint64_t count = std::uint64_t{kPurposes} * rounds_ * each_;
  std::uint64_t first = kFirst + kSeedsOfEach * (settings.training.seed % kPlaces);
  while (TrainingTakes(settings.training, first, count)) first += count;
  first_ = static_cast<std::uint32_t>(first);
}

std::uint32_t LoopSeeds::At(int purpose, int round) const {
  return first_ +
         (static_cast<std::uint32_t>(purpose) * rounds_ + static_cast<std::uint32_t>(round)) *
             each_;
}

}  // namespace lookout::app
