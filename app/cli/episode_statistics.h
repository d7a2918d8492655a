// What `lookout sim` measures: one row for each episode, then mean and spread. Any thread.
#pragma once

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <span>
#include <string>
#include <vector>

#include "sim/environment.h"

namespace lookout::app {

struct EpisodeRow {
  std::uint32_t seed = 0;  // with which Reset starts this episode again
  int steps = 0;
  int goals_met = 0;
  double total_reward = 0.0;  // the return
  sim::Costs costs;           // sums over the episode
  sim::EpisodeStatus status = sim::EpisodeStatus::kRunning;

  void Add(const sim::StepResult& result);
};

struct MeanAndSpread {
  double mean = 0.0;
  double spread = 0.0;  // the sample's standard deviation; 0 for fewer than two values
};
MeanAndSpread Summarise(std::span<const double> values);

// The table: its heading, an episode's line, and the lines of mean and spread; with newlines.
// kinds: of the cost columns before the total.
std::string TableHeading(std::span<const sim::CostKind> kinds);
std::string TableLine(std::size_t number, const EpisodeRow& row,
                      std::span<const sim::CostKind> kinds);
std::string TableSummary(std::span<const EpisodeRow> rows, std::span<const sim::CostKind> kinds);

// {"episodes": [{"seed": ..., "return": ..., "costs": {...}, "cost": ...}, ...],
//  "mean": {...}, "spread": {...}}
nlohmann::ordered_json StatisticsToJson(std::span<const EpisodeRow> rows,
                                        std::span<const sim::CostKind> kinds);

}  // namespace lookout::app
