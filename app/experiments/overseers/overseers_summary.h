// What the agents of an experiment on overseers say together. Pure functions; any thread.
#pragma once

#include <array>
#include <span>
#include <vector>

#include "agents/feedback/agreement/episode_bootstrap.h"
#include "agents/feedback/audit/exact_interval.h"
#include "app/experiments/overseers/overseers_cell.h"
#include "app/experiments/overseers/overseers_settings.h"

namespace lookout::app {

// Of what was counted until agents were trained. Rates are per million steps.
struct ViolationRates {
  WatchedSteps counted;  // over all seeds
  // Exact (Garwood 1936); of beginnings, as the steps of one violation hang together.
  agents::ExactInterval violations;
  double violation_steps = 0.0;
  agents::ExactInterval unsafe_episodes;  // share (Clopper and Pearson 1934)
  double blocks = 0.0;                    // share of the steps

  static ViolationRates Of(const WatchedSteps& counted);
};

// One agent in the picture.
struct OverseersPoint {
  std::uint32_t seed = 0;
  double violation_steps = 0.0;  // per million steps of its training
  double share = 0.0;            // of the reference's mean return
};

// Of all seeds of a row. The intervals of estimates are of 95 %, over the seeds, whose means carry
// the scatter of their episodes along; of a single seed, over its episodes.
struct OverseersLine {
  OverseersRow row = OverseersRow::kConstrained;
  int seeds = 0;
  ViolationRates training;             // all of it
  std::vector<ViolationRates> phases;  // as PhaseNames has them
  double person_s = 0.0;               // mean over the seeds
  agents::Estimate early_blocks;
  agents::Estimate late_blocks;
  agents::Estimate total_reward;  // as it was trained: with an overseer who had one
  agents::Estimate cost;
  agents::Estimate share;  // of the reference's return
  agents::Estimate reward_alone;
  agents::Estimate cost_alone;
  agents::Estimate share_alone;
  std::vector<OverseersPoint> points;  // by seed
};

// cells: of RunOverseers with that plan, whose reference is among them.
std::vector<OverseersLine> Summarise(std::span<const OverseersCell> cells,
                                     const OverseersPlan& plan);

}  // namespace lookout::app
