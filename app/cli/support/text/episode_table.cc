#include "app/cli/support/text/episode_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <nlohmann/json.hpp>

#include "app/cli/support/text/score_text.h"

namespace lookout::app {
namespace {

using nlohmann::ordered_json;
using Kinds = std::span<const sim::CostKind>;
using Rows = std::span<const PlayedEpisode>;

// One column of numbers: its name, and how a row fills it.
struct EpisodeColumn {
  std::string name;
  std::function<double(const PlayedEpisode&)> value;
  int digits;
};

std::vector<EpisodeColumn> CostColumns(Kinds kinds) {
  std::vector<EpisodeColumn> columns;
  for (const sim::CostKind kind : kinds) {
    columns.push_back({std::string(sim::CostKindName(kind)),
                       [kind](const PlayedEpisode& row) { return row.costs[kind]; }, 1});
  }
  columns.push_back({"cost", [](const PlayedEpisode& row) { return row.costs.total; }, 1});
  return columns;
}

std::vector<EpisodeColumn> EpisodeColumns(Kinds kinds) {
  std::vector<EpisodeColumn> columns{
      {"steps", [](const PlayedEpisode& row) { return double(row.steps); }, 0},
      {"goals", [](const PlayedEpisode& row) { return double(row.goals_met); }, 0},
      {"return", [](const PlayedEpisode& row) { return row.total_reward; }, 2}};
  for (EpisodeColumn& column : CostColumns(kinds)) columns.push_back(std::move(column));
  return columns;
}

Spread SummaryOf(const EpisodeColumn& column, Rows rows) {
  std::vector<double> values;
  for (const PlayedEpisode& row : rows) values.push_back(column.value(row));
  return SpreadOf(values);
}

int WidthOf(const EpisodeColumn& column) {
  return std::max(9, static_cast<int>(column.name.size()));
}

std::string Cell(const EpisodeColumn& column, double value, int digits) {
  return " " + NumberCell(value, WidthOf(column), digits);
}

std::string Label(const std::string& label) { return fmt::format("{:>8}", label); }

}  // namespace

std::string RefusedSeedsText(std::span<const std::uint32_t> seeds) {
  constexpr std::size_t kMostShown = 20;
  std::string text = fmt::format("{}{} refused and left out: ", seeds.size(),
                                 seeds.size() == 1 ? " seed was" : " seeds were");
  for (std::size_t i = 0; i < std::min(seeds.size(), kMostShown); ++i) {
    text += fmt::format("{}{}", i > 0 ? ", " : "", seeds[i]);
  }
  return text + (seeds.size() > kMostShown ? ", ..." : "");
}

std::string TableHeading(Kinds kinds) {
  std::string line = Label("episode");
  for (const EpisodeColumn& column : EpisodeColumns(kinds)) {
    line += fmt::format(" {:>{}}", column.name, WidthOf(column));
  }
  return line + "  status\n";
}

std::string TableLine(std::size_t number, const PlayedEpisode& row, Kinds kinds) {
  std::string line = Label(fmt::to_string(number));
  for (const EpisodeColumn& column : EpisodeColumns(kinds)) {
    line += Cell(column, column.value(row), column.digits);
  }
  return line + "  " + std::string(sim::EpisodeStatusName(row.status)) + "\n";
}

std::string TableSummary(Rows rows, Kinds kinds) {
  constexpr int kDigits = 2;
  std::string means = Label("mean");
  std::string spreads = Label("spread");
  for (const EpisodeColumn& column : EpisodeColumns(kinds)) {
    const auto [mean, deviation] = SummaryOf(column, rows);
    means += Cell(column, mean, kDigits);
    spreads += Cell(column, deviation, kDigits);
  }
  return means + "\n" + spreads + "\n";
}

ordered_json StatisticsToJson(Rows rows, Kinds kinds) {
  ordered_json episodes = ordered_json::array();
  for (const PlayedEpisode& row : rows) {
    ordered_json costs = ordered_json::object();
    for (const sim::CostKind kind : kinds) {
      costs[std::string(sim::CostKindName(kind))] = row.costs[kind];
    }
    episodes.push_back({{"seed", row.seed},
                        {"steps", row.steps},
                        {"goals", row.goals_met},
                        {"return", row.total_reward},
                        {"costs", costs},
                        {"cost", row.costs.total},
                        {"status", sim::EpisodeStatusName(row.status)}});
  }
  ordered_json means = ordered_json::object();
  ordered_json spreads = ordered_json::object();
  for (const EpisodeColumn& column : EpisodeColumns(kinds)) {
    const auto [mean, deviation] = SummaryOf(column, rows);
    means[column.name] = mean;
    spreads[column.name] = deviation;
  }
  return {{"episodes", episodes}, {"mean", means}, {"spread", spreads}};
}

}  // namespace lookout::app
