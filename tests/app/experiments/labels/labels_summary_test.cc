#include "app/experiments/labels/labels_summary.h"

#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <string>
#include <vector>

#include "app/experiments/labels/labels_files.h"
#include "tests/support/contains.h"

namespace lookout::app {
namespace {

LabelsCell Cell(const CellKey& key, double total_reward, double cost, double learned) {
  LabelsCell cell{.key = key};
  cell.episodes = {.total_reward = {total_reward - 1.0, total_reward + 1.0},
                   .true_cost = {cost - 2.0, cost + 2.0},
                   .meant_cost = {cost, cost},
                   .learned_cost = {}};
  if (key.row != CostRow::kRule) cell.episodes.learned_cost = {learned, learned};
  return cell;
}

TEST_CASE("returns are compared at the same true cost, between the limits") {
  const std::array costs{30.0, 20.0};
  const std::array returns{12.0, 10.0};
  CHECK(ValueAt(25.0, costs, returns) == doctest::Approx(11.0));
  CHECK(ValueAt(20.0, costs, returns) == 10.0);
  CHECK(std::isnan(ValueAt(31.0, costs, returns)));

  LabelsPlan plan{.rows = {CostRow::kRule, CostRow::kQueue}, .flips = {0.1}, .budgets = {700}};
  plan.limits = {15.0, 35.0};
  plan.seeds = 2;
  std::vector<LabelsCell> cells;
  for (const std::uint32_t seed : {0U, 1U}) {
    for (const double limit : plan.limits) {
      // The rule's agents end at their limits; the others 4 above them, and bring 2 less.
      const double better = seed == 0 ? 0.0 : 1.0;
      cells.push_back(
          Cell({.limit = limit, .seed = seed}, better + 0.2 * limit + 10.0, limit, 0.0));
      cells.push_back(Cell({CostRow::kQueue, 0.1, 700, limit, seed}, better + 0.2 * limit + 8.0,
                           limit + 4.0, limit));
    }
  }
  const LabelsSummary summary = Summarise(cells, plan);
  REQUIRE(summary.lines.size() == 4);
  const LabelsLine& queue = summary.lines[1];
  CHECK(queue.key.row == CostRow::kQueue);
  CHECK(queue.seeds == 2);
  CHECK(queue.total_reward.value == doctest::Approx(11.5));
  CHECK(queue.total_reward.low == doctest::Approx(11.0));
  CHECK(queue.total_reward.high == doctest::Approx(12.0));
  CHECK(queue.ratio.value == doctest::Approx(15.0 / 19.0));
  CHECK(queue.share.value == doctest::Approx(11.5 / 13.5));
  REQUIRE(summary.matched.size() == 2);
  CHECK(summary.matched[0].total_reward.value == doctest::Approx(15.5));
  CHECK(summary.matched[1].total_reward.value == doctest::Approx(12.7));
  CHECK(summary.matched[1].share.value == doctest::Approx(12.7 / 15.5));
  // There is one number of answers, so the picture is over the limits.
  const std::string svg = LabelsSvg({}, plan, summary);
  CHECK(Contains(svg, ">limit</text>"));
  CHECK(Contains(svg, ">true cost</text>"));
  CHECK_FALSE(Contains(svg, ">answers</text>"));
}

TEST_CASE(
    "of an agent that costs nothing there is no ratio, and of a rule without return no share") {
  LabelsPlan plan{.rows = {CostRow::kRule, CostRow::kStump}, .flips = {0.0}, .budgets = {1}};
  std::vector<LabelsCell> cells{Cell({}, -1.0, 20.0, 0.0),
                                Cell({CostRow::kStump, 0.0, 1}, 3.0, 0.0, 5.0)};
  cells[1].episodes.true_cost = {0.0, 0.0};
  const LabelsSummary summary = Summarise(cells, plan);
  CHECK(std::isnan(summary.lines[1].ratio.value));
  CHECK(std::isnan(summary.lines[1].share.value));
}

TEST_CASE("the interval of a single seed is over its episodes") {
  LabelsPlan plan{.rows = {CostRow::kRule}, .flips = {0.0}, .budgets = {1}};
  const std::vector<LabelsCell> cells{Cell({}, 10.0, 20.0, 0.0)};
  const LabelsSummary summary = Summarise(cells, plan);
  CHECK(summary.lines[0].total_reward.value == doctest::Approx(10.0));
  CHECK(summary.lines[0].total_reward.low == doctest::Approx(9.0));
  CHECK(std::isnan(summary.lines[0].ratio.value));
  CHECK(summary.matched[0].total_reward.high != 0.0);
}

}  // namespace
}  // namespace lookout::app
