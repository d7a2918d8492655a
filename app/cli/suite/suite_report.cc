#include "app/cli/suite/suite_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <nlohmann/json.hpp>
#include <utility>

#include "app/cli/support/text/text_table.h"

namespace lookout::app {
namespace {

using agents::SeedInterval;
using nlohmann::ordered_json;

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
constexpr SeedInterval kNone{kNan, kNan, kNan};

template <typename Value>
SeedInterval Over(const std::vector<Scores>& seeds, const Value& value) {
  std::vector<double> values;
  for (const Scores& scores : seeds) values.push_back(value(scores));
  return agents::IntervalOverSeeds(values);
}

// Of each end of the intervals, which normalising leaves in order.
void SetNormalised(const SeedInterval& rate, const Scores& characteristic, SuiteCell& cell) {
  const auto at = [&](double SeedInterval::*end) {
    return Normalise({cell.total_reward.*end, cell.cost.*end, rate.*end}, characteristic);
  };
  for (double SeedInterval::*end : {&SeedInterval::mean, &SeedInterval::low, &SeedInterval::high}) {
    const NormalisedScores scores = at(end);
    cell.j.*end = scores.j;
    cell.m.*end = std::isnan(cell.cost.*end) ? kNan : scores.m;
    cell.rho.*end = scores.rho;
  }
}

SuiteCell CellOf(const std::string& environment, const std::string& agent,
                 const std::vector<Scores>& seeds) {
  SuiteCell cell{.environment = environment,
                 .agent = agent,
                 .seeds = static_cast<int>(seeds.size()),
                 .total_reward = Over(seeds, [](const Scores& s) { return s.total_reward; }),
                 .cost = Over(seeds, [](const Scores& s) { return s.cost; }),
                 .j = kNone,
                 .m = kNone,
                 .rho = kNone};
  const SeedInterval rate = Over(seeds, [](const Scores& s) { return s.training_cost_rate; });
  const Scores* const characteristic = FindCharacteristicScores(environment);
  if (characteristic != nullptr) SetNormalised(rate, *characteristic, cell);
  return cell;
}

AgentScores ToAgentScores(const SuiteRun& run) {
  return {std::string(agents::AlgorithmName(run.algorithm)), run.environment, run.scores};
}

// The mean as it is for all seeds, the interval of what each seed comes to by itself.
SeedInterval SuiteInterval(double mean, const std::vector<NormalisedScores>& seeds,
                           double NormalisedScores::*score) {
  std::vector<double> values;
  for (const NormalisedScores& seed : seeds) values.push_back(seed.*score);
  const SeedInterval over = agents::IntervalOverSeeds(values);
  return {mean, over.low, over.high};
}

void AddSuites(std::span<const SuiteRun> runs, std::vector<SuiteCell>& cells) {
  std::vector<AgentScores> all;
  std::map<std::uint32_t, std::vector<AgentScores>> by_seed;
  for (const SuiteRun& run : runs) {
    all.push_back(ToAgentScores(run));
    by_seed[run.seed].push_back(ToAgentScores(run));
  }
  std::map<std::pair<std::string_view, std::string>, std::vector<NormalisedScores>> of_seeds;
  for (const auto& [seed, entries] : by_seed) {
    for (const SuiteMean& mean : CompleteSuites(entries)) {
      of_seeds[{mean.suite, mean.agent}].push_back(mean.mean);
    }
  }
  for (const SuiteMean& suite : CompleteSuites(all)) {
    const auto& seeds = of_seeds[{suite.suite, suite.agent}];
    cells.push_back({.environment = std::string(suite.suite),
                     .agent = suite.agent,
                     .seeds = static_cast<int>(seeds.size()),
                     .total_reward = kNone,
                     .cost = kNone,
                     .j = SuiteInterval(suite.mean.j, seeds, &NormalisedScores::j),
                     .m = SuiteInterval(suite.mean.m, seeds, &NormalisedScores::m),
                     .rho = SuiteInterval(suite.mean.rho, seeds, &NormalisedScores::rho)});
  }
}

std::string CellText(const SeedInterval& interval, int decimals) {
  if (std::isnan(interval.mean)) return "-";
  if (std::isnan(interval.low)) return fmt::format("{:.{}f}", interval.mean, decimals);
  return fmt::format("{:.{}f} [{:.{}f}, {:.{}f}]", interval.mean, decimals, interval.low, decimals,
                     interval.high, decimals);
}

ordered_json ToJson(const SeedInterval& interval) {
  return {{"mean", interval.mean}, {"low", interval.low}, {"high", interval.high}};
}

}  // namespace

std::vector<SuiteCell> SuiteCellsOf(std::span<const SuiteRun> runs) {
  std::vector<std::pair<std::string, std::string>> order;
  std::map<std::pair<std::string, std::string>, std::vector<Scores>> seeds;
  for (const SuiteRun& run : runs) {
    const std::pair key{run.environment, std::string(agents::AlgorithmName(run.algorithm))};
    if (!seeds.contains(key)) order.push_back(key);
    seeds[key].push_back(run.scores);
  }
  std::vector<SuiteCell> cells;
  for (const auto& key : order) cells.push_back(CellOf(key.first, key.second, seeds[key]));
  AddSuites(runs, cells);
  return cells;
}

std::string SuiteText(const SuiteOptions& options, std::span<const SuiteCell> cells) {
  TextTable table;
  table.Row({"environment", "agent", "seeds", "return", "cost", "J", "M", "rho"});
  for (const SuiteCell& cell : cells) {
    table.Row({cell.environment, cell.agent, fmt::to_string(cell.seeds),
               CellText(cell.total_reward, 2), CellText(cell.cost, 1), CellText(cell.j, 3),
               CellText(cell.m, 3), CellText(cell.rho, 3)});
  }
  const std::string steps =
      options.steps > 0 ? fmt::format("{} steps", options.steps) : "the preset's steps";
  return table.Text() +
         fmt::format(
             "Preset {}, {}. Return and cost: {} episodes of the mean action for each seed, the "
             "first with seed {}. J, M and rho: relative to unconstrained PPO after ten million "
             "steps (Ray, Achiam and Amodei 2019); rho is of the whole training. In brackets: 68 % "
             "intervals over the training seeds.\n",
             options.preset, steps, options.episodes, options.evaluation_seed);
}

ordered_json SuiteToJson(const SuiteOptions& options, std::span<const SuiteRun> runs,
                         std::span<const SuiteCell> cells, std::string_view command) {
  ordered_json object = {{"command", command},
                         {"version", LOOKOUT_VERSION},
                         {"suite", options.suite},
                         {"preset", options.preset},
                         {"steps", options.steps},
                         {"episodes", options.episodes},
                         {"evaluation_seed", options.evaluation_seed},
                         {"cells", ordered_json::array()},
                         {"runs", ordered_json::array()}};
  for (const SuiteCell& cell : cells) {
    object["cells"].push_back({{"environment", cell.environment},
                               {"agent", cell.agent},
                               {"seeds", cell.seeds},
                               {"return", ToJson(cell.total_reward)},
                               {"cost", ToJson(cell.cost)},
                               {"J", ToJson(cell.j)},
                               {"M", ToJson(cell.m)},
                               {"rho", ToJson(cell.rho)}});
  }
  for (const SuiteRun& run : runs) {
    object["runs"].push_back({{"environment", run.environment},
                              {"agent", agents::AlgorithmName(run.algorithm)},
                              {"seed", run.seed},
                              {"folder", run.folder.string()},
                              {"return", run.scores.total_reward},
                              {"cost", run.scores.cost},
                              {"training_cost_rate", run.scores.training_cost_rate}});
  }
  return object;
}

}  // namespace lookout::app
