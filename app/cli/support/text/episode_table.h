// What `lookout sim` measures: one row for each episode, then mean and spread. Any thread.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <span>
#include <string>
#include <vector>

#include "app/runs/played_episode.h"

namespace lookout::app {

// "2 seeds were refused and left out: 3, 17"; of many seeds the first few.
std::string RefusedSeedsText(std::span<const std::uint32_t> seeds);

// The table: its heading, an episode's line, and the lines of mean and spread; with newlines.
// kinds: of the cost columns before the total.
std::string TableHeading(std::span<const sim::CostKind> kinds);
std::string TableLine(std::size_t number, const PlayedEpisode& row,
                      std::span<const sim::CostKind> kinds);
std::string TableSummary(std::span<const PlayedEpisode> rows, std::span<const sim::CostKind> kinds);

// {"episodes": [{"seed": ..., "return": ..., "costs": {...}, "cost": ...}, ...],
//  "mean": {...}, "spread": {...}}
nlohmann::ordered_json StatisticsToJson(std::span<const PlayedEpisode> rows,
                                        std::span<const sim::CostKind> kinds);

}  // namespace lookout::app
