// Trains an agent of an experiment on overseers, in the phases of its row, with an account of
// everything that it did until then. One owner, one thread.
#pragma once

#include <array>
#include <filesystem>
#include <string>

#include "agents/overseer/ledger.h"
#include "agents/policies/policy.h"
#include "agents/rollout/action_filter.h"
#include "app/experiments/keep_going.h"
#include "app/experiments/overseers/overseers_cell.h"
#include "app/experiments/overseers/overseers_settings.h"
#include "sim/base/result.h"
#include "sim/environment/camera_renderer.h"
#include "sim/environment/environment.h"

namespace lookout::app {

// What all cells share.
struct OverseersWorld {
  const OverseersSettings& settings;
  const sim::CameraFactory& cameras;
  std::filesystem::path folder;
  sim::EnvironmentSpec spec;
};

// The first seeds of the episodes that a critic learns from, and of those that agents are measured
// on; training starts from none of either.
struct OverseersSeeds {
  std::uint32_t offline = 0;
  std::uint32_t evaluation = 0;
};
OverseersSeeds OverseersSeedsOf(const OverseersSettings& settings, std::uint32_t seed);

// With the algorithm, cost, limit and overseer of its row.
agents::TrainingSettings TrainingSettingsOf(const OverseersSettings& settings,
                                            const OverseersKey& key);

struct OverseenTraining {
  agents::PolicyPtr policy;            // which samples its actions, as in training
  std::string checkpoint;              // of the whole training
  agents::ActionFilterMaker overseer;  // who was on duty at last; empty: nobody
  std::array<WatchedSteps, kOverseersPhases> phases;
  double early_blocks = 0.0;  // as in the cell
  double late_blocks = 0.0;
};

// Leaves the blocker or the critic that it fitted in the folder: blocker-seed0.lookout,
// risk-seed0.lookout. Rejects (kBadInput) what the overseers cannot be made for, and too few blocks
// or violations to learn from. Fails if it is stopped.
Result<OverseenTraining> TrainOverseen(const OverseersWorld& world, const OverseersKey& key,
                                       const KeepGoing& keep_going);

}  // namespace lookout::app
