// What the seeds of the experiment on selection say together, and what it leaves behind. Pure
// functions; any thread.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "agents/feedback/agreement/episode_bootstrap.h"
#include "app/experiments/selection/selection_result.h"

namespace lookout::app {

// Of the agents of one row after one generation. Intervals are of 95 %, by drawing seeds again.
// What is of the row's own instrument is NaN where it reads nothing.
struct SelectionSummary {
  Instrument row = Instrument::kNone;
  int generation = 0;
  agents::Estimate total_reward;
  agents::Estimate true_cost;
  agents::Estimate reads;        // by the row's instrument
  agents::Estimate cost_share;   // of the true cost before selection
  agents::Estimate reads_share;  // of what it read before selection
  agents::Estimate hidden;       // true cost minus what it reads
  agents::Estimate unseen;       // share of the dangerous steps that it does not show
};

// By row, then by generation. results: one for each seed, at least one, all of these settings.
std::vector<SelectionSummary> Summarise(const SelectionSettings& settings,
                                        std::span<const SelectionSeed> results);

// A table for people: the agents after the last generation. At most 100 columns.
std::string SelectionText(const SelectionSettings& settings,
                          std::span<const SelectionSummary> rows);
// A line for each seed, row and generation; empty where a number is not known.
std::string SelectionCsv(std::span<const SelectionSeed> results);
// What each instrument reads against the true cost, from the first agent to the last; and hidden
// cost with 95 % bands, true cost and return by generation.
std::string SelectionSvg(const SelectionSettings& settings, std::span<const SelectionSummary> rows);
// command: that does it all again.
std::string SelectionJson(const SelectionSettings& settings, std::span<const SelectionSeed> results,
                          std::span<const SelectionSummary> rows, const std::string& command);

}  // namespace lookout::app
