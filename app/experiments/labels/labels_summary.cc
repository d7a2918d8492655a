#include "app/experiments/labels/labels_summary.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <utility>

#include "sim/base/check.h"

namespace lookout::app {
namespace {

constexpr int kDraws = 2000;
constexpr std::uint32_t kSeed = 1;

using Weights = std::span<const std::uint16_t>;
using Values = std::vector<double>;

// The agents of a row at one limit. What is drawn again are its seeds or, of one seed, episodes.
struct Group {
  CellKey key;
  std::vector<const LabelsCell*> cells;  // by seed
  EpisodeSums units;                     // [units]
};

double MeanOf(const Values& values) {
  if (values.empty()) return std::numeric_limits<double>::quiet_NaN();
  double sum = 0.0;
  for (const double value : values) sum += value;
  return sum / static_cast<double>(values.size());
}

double Weighted(const Values& values, Weights weights) {
  if (values.size() != weights.size()) return std::numeric_limits<double>::quiet_NaN();
  return agents::WeightedMean(values, weights);
}

// NaN of nothing, or of less: a share of that says nothing.
double Ratio(double value, double whole) {
  return whole > 0.0 ? value / whole : std::numeric_limits<double>::quiet_NaN();
}

void FillUnits(Group& group) {
  if (group.cells.size() == 1) {
    group.units = group.cells.front()->episodes;
    return;
  }
  for (const LabelsCell* cell : group.cells) {
    group.units.total_reward.push_back(MeanOf(cell->episodes.total_reward));
    group.units.true_cost.push_back(MeanOf(cell->episodes.true_cost));
    group.units.meant_cost.push_back(MeanOf(cell->episodes.meant_cost));
    group.units.learned_cost.push_back(MeanOf(cell->episodes.learned_cost));
  }
}

CellKey WithoutSeed(CellKey key) {
  key.seed = 0;
  return key;
}

CellKey WithoutLimit(CellKey key) {
  key.limit = 0.0;
  return key;
}

std::vector<Group> GroupsOf(std::span<const LabelsCell> cells) {
  std::vector<Group> groups;
  for (const LabelsCell& cell : cells) {
    const CellKey key = WithoutSeed(cell.key);
    auto group = std::ranges::find(groups, key, &Group::key);
    if (group == groups.end()) {
      groups.push_back({.key = key, .cells = {}, .units = {}});
      group = std::prev(groups.end());
    }
    group->cells.push_back(&cell);
  }
  for (Group& group : groups) FillUnits(group);
  return groups;
}

const Group& RuleAt(double limit, std::span<const Group> groups) {
  const auto rule = std::ranges::find_if(groups, [limit](const Group& group) {
    return group.key.row == CostRow::kRule && group.key.limit == limit;
  });
  LOOKOUT_CHECK(rule != groups.end(), "the rule's agents are part of every plan");
  return *rule;
}

// Of figures that a seed has once; of one seed, the figure alone.
template <typename Figure>
agents::Estimate OverSeeds(const Group& group, const Figure& figure) {
  Values values;
  for (const LabelsCell* cell : group.cells) values.push_back(figure(*cell));
  const auto seeds = static_cast<int>(values.size());
  return agents::MeanOver(values, agents::EpisodeBootstrap(seeds, kDraws, kSeed));
}

bool IsWithoutModel(const LabelsCell& cell) {
  return cell.key.row != CostRow::kRule && cell.episodes.learned_cost.empty();
}

LabelsLine LineOf(const Group& group, const Group& rule,
                  const agents::EpisodeBootstrap& bootstrap) {
  const auto of = [&](const Values& values) {
    return bootstrap.Of([&](Weights weights) { return Weighted(values, weights); });
  };
  LabelsLine line{.key = group.key, .seeds = static_cast<int>(group.cells.size())};
  line.without_model = static_cast<int>(std::ranges::count_if(
      group.cells, [](const LabelsCell* cell) { return IsWithoutModel(*cell); }));
  line.total_reward = of(group.units.total_reward);
  line.true_cost = of(group.units.true_cost);
  line.learned_cost = of(group.units.learned_cost);
  line.ratio = bootstrap.Of([&](Weights weights) {
    return Ratio(Weighted(group.units.learned_cost, weights),
                 Weighted(group.units.true_cost, weights));
  });
  line.share = bootstrap.Of([&](Weights weights) {
    return Ratio(Weighted(group.units.total_reward, weights),
                 Weighted(rule.units.total_reward, weights));
  });
  line.auc = OverSeeds(group, [](const LabelsCell& cell) { return cell.auc; });
  line.missed = OverSeeds(group, [](const LabelsCell& cell) { return cell.missed; });
  line.calibration_error =
      OverSeeds(group, [](const LabelsCell& cell) { return cell.calibration_error; });
  line.audited_cost =
      line.seeds == 1
          ? group.cells.front()->audit.audited
          : OverSeeds(group, [](const LabelsCell& cell) { return cell.audit.audited.value; });
  line.answers =
      OverSeeds(group, [](const LabelsCell& cell) { return double(cell.answers.answers); }).value;
  line.viewing_minutes =
      OverSeeds(group, [](const LabelsCell& cell) { return cell.answers.viewing_minutes; }).value;
  return line;
}

// The return of some groups, of one row at several limits, at that true cost.
double ReturnAt(double cost, std::span<const Group* const> limits, Weights weights) {
  Values costs;
  Values returns;
  for (const Group* group : limits) {
    costs.push_back(Weighted(group->units.true_cost, weights));
    returns.push_back(Weighted(group->units.total_reward, weights));
  }
  return ValueAt(cost, costs, returns);
}

MatchedLine Match(const CellKey& key, double cost, std::span<const Group> groups,
                  const agents::EpisodeBootstrap& bootstrap) {
  std::vector<const Group*> row;
  std::vector<const Group*> rule;
  for (const Group& group : groups) {
    if (WithoutLimit(group.key) == key) row.push_back(&group);
    if (group.key.row == CostRow::kRule) rule.push_back(&group);
  }
  MatchedLine line{.key = key, .total_reward = {}, .share = {}};
  line.total_reward = bootstrap.Of([&](Weights weights) { return ReturnAt(cost, row, weights); });
  line.share = bootstrap.Of([&](Weights weights) {
    return Ratio(ReturnAt(cost, row, weights), ReturnAt(cost, rule, weights));
  });
  return line;
}

}  // namespace

double ValueAt(double cost, std::span<const double> costs, std::span<const double> values) {
  std::vector<std::pair<double, double>> points;
  for (std::size_t i = 0; i < costs.size(); ++i) points.emplace_back(costs[i], values[i]);
  std::ranges::sort(points);
  for (std::size_t i = 0; i < points.size(); ++i) {
    if (points[i].first == cost) return points[i].second;
    if (i == 0 || points[i - 1].first > cost || points[i].first < cost) continue;
    const double share = (cost - points[i - 1].first) / (points[i].first - points[i - 1].first);
    return points[i - 1].second + share * (points[i].second - points[i - 1].second);
  }
  return std::numeric_limits<double>::quiet_NaN();
}

LabelsSummary Summarise(std::span<const LabelsCell> cells, const LabelsPlan& plan) {
  const std::vector<Group> groups = GroupsOf(cells);
  const auto units = static_cast<int>(groups.front().units.total_reward.size());
  const agents::EpisodeBootstrap bootstrap(units, kDraws, kSeed);
  LabelsSummary summary;
  for (const Group& group : groups) {
    summary.lines.push_back(LineOf(group, RuleAt(group.key.limit, groups), bootstrap));
    const CellKey key = WithoutLimit(group.key);
    if (std::ranges::find(summary.matched, key, &MatchedLine::key) == summary.matched.end()) {
      summary.matched.push_back(Match(key, plan.matched_cost, groups, bootstrap));
    }
  }
  return summary;
}

}  // namespace lookout::app
