// The overseers of an experiment that have to be learned first. One thread each.
#pragma once

#include <cstdint>

#include "agents/overseer/blocker/blocker_data.h"
#include "agents/rollout/action_filter.h"
#include "agents/rollout/environment_maker.h"
#include "app/experiments/keep_going.h"
#include "app/experiments/overseers/train_overseen.h"
#include "sim/base/result.h"

namespace lookout::app {

// The blocker that learned from what a person said of every step, and brakes. Leaves its file.
// Rejects (kBadInput) too few blocks. Fails if it is stopped.
Result<agents::ActionFilterMaker> BlockerOf(const OverseersWorld& world, std::uint32_t seed,
                                            const agents::BlockerData& verdicts,
                                            const KeepGoing& keep_going);

// The risk critic that learned from the episodes of a script that heeds no danger and of random
// actions, played in these environments with nobody in charge; it does what is least risky. Leaves
// its file. Rejects (kBadInput) too few violations. Fails if it is stopped.
Result<agents::ActionFilterMaker> RiskCriticOf(const OverseersWorld& world, std::uint32_t seed,
                                               const agents::EnvironmentMaker& environments,
                                               const KeepGoing& keep_going);

}  // namespace lookout::app
