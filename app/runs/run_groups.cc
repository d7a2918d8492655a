#include "app/runs/run_groups.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <map>
#include <set>
#include <utility>

#include "agents/rl/seed_interval.h"
#include "agents/rl/settings.h"

namespace lookout::app {
namespace {

using agents::MultiplierKind;
using agents::TrainingSettings;

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

// Everything that makes two runs the same experiment: all of the configuration but the name of the
// preset, whose settings are there one by one.
std::string ExperimentOf(RunConfig config) {
  std::string key = agents::ExperimentKey(std::exchange(config.settings, {}));
  config.preset.clear();
  return key + RunConfigText(config);
}

std::string NumberText(double value) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%g", value);
  return text.data();
}

std::map<std::string, double> SettingsByName(const RunConfig& config) {
  std::map<std::string, double> values;
  agents::VisitSettings(config.settings,
                        [&](std::string_view name, auto value, double, double, std::string_view) {
                          values[std::string(name)] = static_cast<double>(value);
                        });
  values.erase("seed");
  values.erase("workers");
  return values;
}

// The settings in which the groups differ among themselves.
std::set<std::string> DifferingSettings(const std::vector<const RunGroup*>& groups) {
  std::set<std::string> differing;
  const auto first = SettingsByName(groups.front()->config());
  for (const RunGroup* group : groups) {
    for (const auto& [name, value] : SettingsByName(group->config())) {
      if (value != first.at(name)) differing.insert(name);
    }
  }
  return differing;
}

// Groups of one environment that would be called alike are told apart by what differs in them.
void LabelGroups(std::vector<RunGroup>& groups) {
  std::map<std::pair<std::string, std::string>, std::vector<RunGroup*>> alike;
  for (RunGroup& group : groups) {
    group.label = agents::AgentLabel(group.config().settings);
    alike[{group.config().environment, group.label}].push_back(&group);
  }
  for (const auto& [name, members] : alike) {
    const auto differing = DifferingSettings({members.begin(), members.end()});
    for (std::size_t i = 0; members.size() > 1 && i < members.size(); ++i) {
      const auto values = SettingsByName(members[i]->config());
      std::string suffix;
      for (const std::string& setting : differing) {
        suffix += ", " + setting + " " + NumberText(values.at(setting));
      }
      members[i]->label += suffix.empty() ? " (" + std::to_string(i + 1) + ")" : suffix;
    }
  }
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

}  // namespace

Result<std::vector<RunGroup>> GroupRuns(std::vector<LoadedRun> runs) {
  std::vector<RunGroup> groups;
  std::map<std::string, std::size_t> index;
  std::map<std::pair<std::size_t, std::uint32_t>, std::string> seen;
  for (LoadedRun& run : runs) {
    const auto [found, is_new] = index.try_emplace(ExperimentOf(run.config), groups.size());
    if (is_new) groups.emplace_back();
    const auto [other, is_first] =
        seen.try_emplace({found->second, run.config.settings.seed}, run.folder.string());
    if (!is_first) {
      return BadInput(run.folder.string() + " and " + other->second +
                      " are the same run with the same seed; give one of them.");
    }
    groups[found->second].runs.push_back(std::move(run));
  }
  LabelGroups(groups);
  return groups;
}

bool IsConstrained(const RunConfig& config) {
  const TrainingSettings& settings = config.settings;
  const bool has_fixed_price = agents::HasMultiplier(settings.algorithm) &&
                               settings.multiplier_kind == MultiplierKind::kFixed;
  return agents::IsConstrained(settings.algorithm) && !has_fixed_price;
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
