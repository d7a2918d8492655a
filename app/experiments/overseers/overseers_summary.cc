#include "app/experiments/overseers/overseers_summary.h"

#include <cmath>
#include <cstdint>
#include <limits>

#include "sim/base/check.h"

namespace lookout::app {
namespace {

constexpr int kDrawsOfSeeds = 2000;
constexpr std::uint32_t kSeedOfDraws = 1;
constexpr double kMillionSteps = 1e6;

using Values = std::vector<double>;
using Weights = std::span<const std::uint16_t>;

double MeanOfAll(const Values& values) {
  double sum = 0.0;
  for (const double value : values) sum += value;
  return sum / static_cast<double>(values.size());
}

// NaN of nothing, or of less: a share of that says nothing.
double PartOf(double value, double whole) {
  return whole > 0.0 ? value / whole : std::numeric_limits<double>::quiet_NaN();
}

// What is drawn again: a row's seeds or, of one seed, its episodes.
struct RowUnits {
  MeasuredEpisodes deployed;
  MeasuredEpisodes alone;
};

void AddUnit(const MeasuredEpisodes& episodes, MeasuredEpisodes& units) {
  units.total_reward.push_back(MeanOfAll(episodes.total_reward));
  units.cost.push_back(MeanOfAll(episodes.cost));
}

using Cells = std::vector<const OverseersCell*>;

Cells CellsOfRow(OverseersRow row, std::span<const OverseersCell> cells) {
  Cells found;
  for (const OverseersCell& cell : cells) {
    if (cell.key.row == row) found.push_back(&cell);
  }
  LOOKOUT_CHECK(!found.empty(), "a plan's row has its agents");
  return found;
}

RowUnits UnitsOf(const Cells& cells) {
  RowUnits units;
  if (cells.size() == 1) {
    units = {cells.front()->deployed(), cells.front()->alone};
    return units;
  }
  for (const OverseersCell* cell : cells) {
    AddUnit(cell->deployed(), units.deployed);
    AddUnit(cell->alone, units.alone);
  }
  return units;
}

agents::Estimate MeanOfUnits(const Values& values) {
  return agents::MeanOver(values, agents::EpisodeBootstrap(static_cast<int>(values.size()),
                                                           kDrawsOfSeeds, kSeedOfDraws));
}

// The same draws for both; where physics failed, episodes may be missing on one side, and there is
// no interval.
agents::Estimate ShareOfReference(const Values& values, const Values& reference) {
  if (values.size() != reference.size()) {
    return {.value = PartOf(MeanOfAll(values), MeanOfAll(reference))};
  }
  const agents::EpisodeBootstrap bootstrap(static_cast<int>(values.size()), kDrawsOfSeeds,
                                           kSeedOfDraws);
  return bootstrap.Of([&](Weights weights) {
    return PartOf(agents::WeightedMean(values, weights), agents::WeightedMean(reference, weights));
  });
}

double PerMillion(const WatchedSteps& counted) {
  return PartOf(kMillionSteps * double(counted.violation_steps), double(counted.steps));
}

void CountViolations(const Cells& cells, OverseersLine& line) {
  WatchedSteps all;
  std::vector<WatchedSteps> phases(PhaseNames(line.row).size());
  for (const OverseersCell* cell : cells) {
    all += cell->Whole();
    for (std::size_t i = 0; i < phases.size(); ++i) phases[i] += cell->phases[i];
  }
  line.training = ViolationRates::Of(all);
  for (const WatchedSteps& phase : phases) line.phases.push_back(ViolationRates::Of(phase));
  line.person_s = all.person_s / double(cells.size());
}

OverseersLine LineOfRow(OverseersRow row, std::span<const OverseersCell> cells,
                        const RowUnits& reference) {
  const Cells own = CellsOfRow(row, cells);
  const RowUnits units = UnitsOf(own);
  OverseersLine line{.row = row, .seeds = static_cast<int>(own.size())};
  CountViolations(own, line);
  Values early;
  Values late;
  const double whole = MeanOfAll(reference.deployed.total_reward);
  for (const OverseersCell* cell : own) {
    early.push_back(cell->early_blocks);
    late.push_back(cell->late_blocks);
    line.points.push_back({cell->key.seed, PerMillion(cell->Whole()),
                           PartOf(MeanOfAll(cell->deployed().total_reward), whole)});
  }
  line.early_blocks = MeanOfUnits(early);
  line.late_blocks = MeanOfUnits(late);
  line.total_reward = MeanOfUnits(units.deployed.total_reward);
  line.cost = MeanOfUnits(units.deployed.cost);
  line.reward_alone = MeanOfUnits(units.alone.total_reward);
  line.cost_alone = MeanOfUnits(units.alone.cost);
  line.share = ShareOfReference(units.deployed.total_reward, reference.deployed.total_reward);
  line.share_alone = ShareOfReference(units.alone.total_reward, reference.deployed.total_reward);
  return line;
}

}  // namespace

ViolationRates ViolationRates::Of(const WatchedSteps& counted) {
  return {.counted = counted,
          .violations = agents::RateOf(counted.violations, double(counted.steps) / kMillionSteps),
          .violation_steps = PerMillion(counted),
          .unsafe_episodes = agents::ShareOf(counted.unsafe_episodes, counted.episodes),
          .blocks = PartOf(double(counted.blocks), double(counted.steps))};
}

std::vector<OverseersLine> Summarise(std::span<const OverseersCell> cells,
                                     const OverseersPlan& plan) {
  const RowUnits reference = UnitsOf(CellsOfRow(OverseersRow::kConstrained, cells));
  std::vector<OverseersLine> lines;
  for (const OverseersRow row : plan.rows) lines.push_back(LineOfRow(row, cells, reference));
  return lines;
}

}  // namespace lookout::app
