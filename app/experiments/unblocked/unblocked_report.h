// What the seeds of the experiment say together, and what it leaves behind. Pure functions; any
// thread.
#pragma once

#include <array>
#include <span>
#include <string>
#include <vector>

#include "agents/feedback/agreement/episode_bootstrap.h"
#include "app/experiments/unblocked/unblocked_result.h"

namespace lookout::app {

// Of the seeds that had such a round. Intervals are of 95 %, by drawing seeds again.
struct UnblockedSummary {
  int round = 0;
  int seeds = 0;
  agents::Estimate total_reward, true_cost, learned_cost;  // per episode
  std::array<agents::Estimate, sim::kCostKindCount> cost_by_kind;
  agents::Estimate unmarked;  // true cost of new ways, where nothing like was marked unsafe
  int costly = 0;             // seeds whose agent's true cost is above the limit
  int named = 0;              // of these, where a way named what most of it came from
};

std::vector<UnblockedSummary> Summarise(const UnblockedStudySettings& settings,
                                        std::span<const UnblockedSeed> results);

// A table for people, and what was found in each seed. At most 100 columns, but for the sentences.
std::string UnblockedStudyText(const UnblockedStudySettings& settings,
                               std::span<const UnblockedSeed> results,
                               std::span<const UnblockedSummary> rounds);
// A row for each seed and round; empty where a number is not known.
std::string UnblockedCsv(std::span<const UnblockedSeed> results);
// True and learned cost along the training of each round, and costs and return by round.
std::string UnblockedSvg(const UnblockedStudySettings& settings,
                         std::span<const UnblockedSeed> results,
                         std::span<const UnblockedSummary> rounds);
// command: that does it all again.
std::string UnblockedJson(const UnblockedStudySettings& settings,
                          std::span<const UnblockedSeed> results,
                          std::span<const UnblockedSummary> rounds, const std::string& command);

}  // namespace lookout::app
