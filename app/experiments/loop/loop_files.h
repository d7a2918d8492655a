// What the loop leaves behind: a table of its rounds, a picture and a JSON object with all that it
// was made with. Pure functions; any thread.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "app/experiments/loop/loop_round.h"
#include "app/experiments/loop/loop_settings.h"

namespace lookout::app {

// A row for each round; empty where a number is not known.
std::string LoopCsv(std::span<const LoopRound> rounds);

// The rounds after the first that were trained without a constraint all the same, as the answers
// before them were of one verdict and there was no cost model.
std::vector<int> UnconstrainedRounds(std::span<const LoopRound> rounds);

// Costs, with the limit, and return against the steps of training, with 95 % intervals.
std::string LoopSvg(const LoopSettings& settings, std::span<const LoopRound> rounds);

// command: that does it all again.
std::string LoopJson(const LoopSettings& settings, std::span<const LoopRound> rounds,
                     const std::string& command);

}  // namespace lookout::app
