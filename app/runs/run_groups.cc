#include "app/runs/run_groups.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>
#include <map>
#include <utility>

#include "agents/rl/runs/experiments.h"
#include "agents/rl/runs/seed_interval.h"

namespace lookout::app {
namespace {

using agents::MultiplierKind;
using agents::TrainingSettings;

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

agents::ExperimentRun DescriptionOf(RunConfig config) {
  agents::ExperimentRun run{.environment = config.environment,
                            .settings = std::exchange(config.settings, {})};
  config.preset.clear();  // its settings are there one by one
  run.beyond_settings = RunConfigText(config);
  return run;
}

void AddPoint(const std::vector<double>& values, Curve& curve) {
  const agents::SeedInterval interval = agents::IntervalOverSeeds(values);
  curve.mean.push_back(interval.mean);
  curve.low.push_back(interval.low);
  curve.high.push_back(interval.high);
}

// The mean of the last finite values, or NaN.
double LastMean(const std::vector<double>& column) {
  const std::size_t count = std::min<std::size_t>(kLastIterations, column.size());
  std::vector<double> last(column.end() - static_cast<std::ptrdiff_t>(count), column.end());
  std::erase_if(last, [](double value) { return !std::isfinite(value); });
  return SpreadOf(last).mean;
}

// Groups by the names of environment and agent.
void AddForeign(std::vector<LoadedRun> runs, std::vector<RunGroup>& groups) {
  std::map<std::pair<std::string, std::string>, std::size_t> positions;
  for (LoadedRun& run : runs) {
    const std::string& agent = run.foreign->agent;
    const auto [position, is_first] =
        positions.try_emplace({run.config.environment, agent}, groups.size());
    if (is_first) groups.push_back(RunGroup{.label = agent});
    groups[position->second].runs.push_back(std::move(run));
  }
}

std::optional<std::uint32_t> SeedOf(const LoadedRun& run) {
  return run.foreign ? run.foreign->seed : run.config.settings.seed;
}

// No seed twice, where it is known, and no folder twice.
Status CheckSeeds(const RunGroup& group) {
  for (std::size_t i = 0; i < group.runs.size(); ++i) {
    for (std::size_t k = 0; k < i; ++k) {
      const LoadedRun& run = group.runs[i];
      const LoadedRun& other = group.runs[k];
      const bool same_seed = SeedOf(run).has_value() && SeedOf(run) == SeedOf(other);
      if (!same_seed && run.folder != other.folder) continue;
      return BadInput(run.folder.string() + " and " + other.folder.string() +
                      " are the same run with the same seed; give one of them.");
    }
  }
  return {};
}

}  // namespace

Result<std::vector<RunGroup>> GroupRuns(std::vector<LoadedRun> all) {
  const auto first_foreign = std::stable_partition(
      all.begin(), all.end(), [](const LoadedRun& run) { return !run.foreign.has_value(); });
  std::vector<LoadedRun> foreign(std::make_move_iterator(first_foreign),
                                 std::make_move_iterator(all.end()));
  all.erase(first_foreign, all.end());
  std::vector<agents::ExperimentRun> descriptions;
  for (const LoadedRun& run : all) descriptions.push_back(DescriptionOf(run.config));
  std::vector<RunGroup> groups;
  for (const agents::Experiment& experiment : agents::ExperimentsOf(descriptions)) {
    RunGroup& group = groups.emplace_back(RunGroup{.label = experiment.label});
    for (const std::size_t i : experiment.runs) group.runs.push_back(std::move(all[i]));
  }
  AddForeign(std::move(foreign), groups);
  for (const RunGroup& group : groups) {
    if (Status status = CheckSeeds(group); !status.ok()) return status.error();
  }
  return groups;
}

std::vector<std::string> AgentNames(std::span<const SavedPolicy* const> policies) {
  std::vector<std::string> names;
  std::vector<agents::ExperimentRun> descriptions;
  std::vector<std::size_t> positions;
  for (const SavedPolicy* policy : policies) {
    if (policy->run) {
      descriptions.push_back(DescriptionOf(policy->run->config));
      positions.push_back(names.size());
    }
    names.push_back(policy->actor.name);
  }
  for (const agents::Experiment& experiment : agents::ExperimentsOf(descriptions)) {
    for (const std::size_t i : experiment.runs) names[positions[i]] = experiment.label;
  }
  return names;
}

std::optional<double> CostLimitOf(const RunGroup& group) {
  if (const auto& foreign = group.runs.front().foreign) return foreign->cost_limit;
  const TrainingSettings& settings = group.config().settings;
  const bool has_fixed_price = agents::HasMultiplier(settings.algorithm) &&
                               settings.multiplier_kind == MultiplierKind::kFixed;
  const bool is_held = agents::IsConstrained(settings.algorithm) && !has_fixed_price;
  return is_held ? std::optional(settings.cost_limit) : std::nullopt;
}

Curve MeanCurve(const RunGroup& group, std::string_view column, int reach) {
  std::vector<std::vector<double>> smoothed;
  Curve curve;
  for (const LoadedRun& run : group.runs) {
    smoothed.push_back(MovingAverage(run.progress[column], reach));
    const std::vector<double>& steps = run.progress["TotalEnvInteracts"];
    if (steps.size() > curve.steps.size()) curve.steps = steps;
  }
  for (std::size_t i = 0; i < curve.steps.size(); ++i) {
    std::vector<double> values;
    for (const std::vector<double>& seed : smoothed) {
      if (i < seed.size() && std::isfinite(seed[i])) values.push_back(seed[i]);
    }
    AddPoint(values, curve);
  }
  return curve;
}

GroupResult ResultOf(const RunGroup& group) {
  GroupResult result{.steps = std::numeric_limits<double>::infinity()};
  std::vector<double> rewards;
  std::vector<double> costs;
  std::vector<double> rates;
  for (const LoadedRun& run : group.runs) {
    const auto last = [&](std::string_view column) {
      const std::vector<double>& values = run.progress[column];
      return values.empty() ? kNan : values.back();
    };
    result.steps = std::min(result.steps, last("TotalEnvInteracts"));
    rewards.push_back(LastMean(run.progress["AverageEpRet"]));
    costs.push_back(LastMean(run.progress["AverageEpCost"]));
    rates.push_back(last("CostRate"));
  }
  result.total_reward = SpreadOf(rewards);
  result.cost = SpreadOf(costs);
  result.cost_rate = SpreadOf(rates);
  return result;
}

std::vector<double> MovingAverage(const std::vector<double>& values, int reach) {
  const int n = static_cast<int>(values.size());
  std::vector<double> averages(values.size());
  for (int i = 0; i < n; ++i) {
    double sum = 0.0;
    int count = 0;
    for (int k = std::max(0, i - reach); k <= std::min(n - 1, i + reach); ++k) {
      if (!std::isfinite(values[k])) continue;
      sum += values[k];
      ++count;
    }
    averages[i] = count > 0 ? sum / count : kNan;
  }
  return averages;
}

}  // namespace lookout::app
