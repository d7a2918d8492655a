#include "app/experiments/loop/loop_seeds.h"

#include <algorithm>

namespace lookout::app {
namespace {

constexpr int kPurposes = 3;

}  // namespace

LoopSeeds::LoopSeeds(const LoopSettings& settings)
    : rounds_(settings.rounds + 1),
      seeds_(settings.training, kPurposes * rounds_,
             std::max({settings.asked_episodes, settings.audit_episodes,
                       settings.evaluation_episodes})) {}

}  // namespace lookout::app
