#include "app/experiments/memory/memory_summary.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <numeric>

#include "agents/rl/runs/seed_interval.h"
#include "sim/base/check.h"

namespace lookout::app {
namespace {

constexpr int kDrawsOfSeeds = 2000;
constexpr std::uint32_t kSeedOfDraws = 1;
constexpr std::size_t kIterationsThen = 3;
constexpr double kNothing = std::numeric_limits<double>::quiet_NaN();

using Values = std::vector<double>;
using Cells = std::vector<const MemoryCell*>;

double MeanOfAll(const Values& values) {
  return std::reduce(values.begin(), values.end()) / static_cast<double>(values.size());
}

// Of those that are known; NaN if none is.
double MeanOfKnown(std::span<const double> values) {
  double sum = 0.0;
  int known = 0;
  for (const double value : values) {
    if (std::isnan(value)) continue;
    sum += value;
    ++known;
  }
  return known > 0 ? sum / known : kNothing;
}

agents::Estimate EstimateOf(const Values& units) {
  return agents::MeanOver(
      units, agents::EpisodeBootstrap(static_cast<int>(units.size()), kDrawsOfSeeds, kSeedOfDraws));
}

// A value for each seed or, of a single one, for each of its episodes.
template <typename Episodes>
Values UnitsOf(const Cells& cells, const Episodes& episodes) {
  if (cells.size() == 1) return episodes(*cells.front());
  Values units;
  for (const MemoryCell* cell : cells) units.push_back(MeanOfAll(episodes(*cell)));
  return units;
}

// Of the cells that satisfy it, in the order of their seeds.
template <typename Wanted>
Cells Those(std::span<const MemoryCell> cells, const Wanted& wanted) {
  Cells found;
  for (const MemoryCell& cell : cells) {
    if (wanted(cell.key)) found.push_back(&cell);
  }
  return found;
}

// The least time of a whole training in that world, with that step size, from that seed.
double EqualTime(const MemoryKey& key, std::span<const MemoryCell> cells) {
  double least_s = std::numeric_limits<double>::infinity();
  for (const MemoryCell& cell : cells) {
    if (cell.key.world != key.world || cell.key.step_size != key.step_size ||
        cell.key.seed != key.seed) {
      continue;
    }
    least_s = std::min(least_s, cell.curve.processor_s.back());
  }
  return least_s;
}

void SetTimes(const Cells& own, std::span<const MemoryCell> cells, MemoryLine& line) {
  Values steps;
  Values rewards;
  Values costs;
  for (const MemoryCell* cell : own) {
    const double equal_s = EqualTime(cell->key, cells);
    const CurvePoint then = AtTime(cell->curve, equal_s);
    steps.push_back(then.steps);
    rewards.push_back(then.total_reward);
    costs.push_back(then.cost);
    const auto share = 1.0 / static_cast<double>(own.size());
    line.wall_s += share * cell->curve.wall_s.back();
    line.processor_s += share * cell->curve.processor_s.back();
    line.equal_s += share * equal_s;
  }
  line.steps_then = EstimateOf(steps);
  line.reward_then = EstimateOf(rewards);
  line.cost_then = EstimateOf(costs);
}

// No interval where physics failed in episodes of one of them and not of the other.
agents::Estimate GainOf(const Values& own, const Values& plain) {
  if (own.size() != plain.size()) return {.value = MeanOfAll(own) - MeanOfAll(plain)};
  Values gains;
  for (std::size_t i = 0; i < own.size(); ++i) gains.push_back(own[i] - plain[i]);
  return EstimateOf(gains);
}

void SetGains(const Cells& own, const Cells& plain, MemoryLine& line) {
  const auto rewards = [](const MemoryCell& cell) { return cell.total_reward; };
  const auto costs = [](const MemoryCell& cell) { return cell.cost; };
  line.total_reward = EstimateOf(UnitsOf(own, rewards));
  line.cost = EstimateOf(UnitsOf(own, costs));
  if (plain.empty() || line.network == agents::NetworkKind::kMlp) return;
  line.reward_gain = GainOf(UnitsOf(own, rewards), UnitsOf(plain, rewards));
  line.cost_gain = GainOf(UnitsOf(own, costs), UnitsOf(plain, costs));
}

void AddCurvePoint(const Values& of_seeds, Values& mean, Values& low, Values& high) {
  const agents::SeedInterval interval = of_seeds.empty()
                                            ? agents::SeedInterval{kNothing, kNothing, kNothing}
                                            : agents::IntervalOverSeeds(of_seeds);
  mean.push_back(interval.mean);
  low.push_back(interval.low);
  high.push_back(interval.high);
}

void SetCurves(const Cells& own, MemoryLine& line) {
  const Values& steps = own.front()->curve.steps;
  for (const MemoryCell* cell : own) {
    if (cell->curve.steps != steps) return;
  }
  line.steps = steps;
  for (std::size_t i = 0; i < steps.size(); ++i) {
    Values rewards;
    Values costs;
    for (const MemoryCell* cell : own) {
      if (!std::isfinite(cell->curve.total_reward[i])) continue;
      rewards.push_back(cell->curve.total_reward[i]);
      costs.push_back(cell->curve.cost[i]);
    }
    AddCurvePoint(rewards, line.mean_reward, line.low_reward, line.high_reward);
    AddCurvePoint(costs, line.mean_cost, line.low_cost, line.high_cost);
  }
}

MemoryLine LineOf(std::size_t world, agents::NetworkKind network, StepSize step_size,
                  std::span<const MemoryCell> cells) {
  const auto of = [&](agents::NetworkKind kind) {
    return Those(cells, [&](const MemoryKey& key) {
      return key.world == world && key.network == kind && key.step_size == step_size;
    });
  };
  const Cells own = of(network);
  LOOKOUT_CHECK(!own.empty(), "a plan's network has its agents");
  MemoryLine line{.world = world,
                  .network = network,
                  .step_size = step_size,
                  .seeds = static_cast<int>(own.size()),
                  .parameters = own.front()->parameters};
  SetGains(own, of(agents::NetworkKind::kMlp), line);
  SetTimes(own, cells, line);
  SetCurves(own, line);
  return line;
}

}  // namespace

CurvePoint AtTime(const MemoryCurve& curve, double processor_s) {
  const auto done = static_cast<std::size_t>(
      std::ranges::upper_bound(curve.processor_s, processor_s) - curve.processor_s.begin());
  if (done == 0) return {kNothing, kNothing, kNothing};
  const std::size_t count = std::min(done, kIterationsThen);
  const auto mean = [&](const Values& values) {
    return MeanOfKnown(std::span(values).subspan(done - count, count));
  };
  return {curve.steps[done - 1], mean(curve.total_reward), mean(curve.cost)};
}

std::vector<MemoryLine> Summarise(std::span<const MemoryCell> cells, const MemorySettings& settings,
                                  const MemoryPlan& plan) {
  std::vector<MemoryLine> lines;
  for (std::size_t world = 0; world < settings.worlds.size(); ++world) {
    for (const StepSize step_size : plan.step_sizes) {
      for (const agents::NetworkKind network : plan.networks) {
        lines.push_back(LineOf(world, network, step_size, cells));
      }
    }
  }
  return lines;
}

}  // namespace lookout::app
