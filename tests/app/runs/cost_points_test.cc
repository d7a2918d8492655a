#include "app/runs/cost_points.h"

#include <doctest/doctest.h>

#include <cmath>

#include "agents/rl/runs/cost_parting.h"

namespace lookout::app {
namespace {

TEST_CASE("a log says of its costs what the reports said") {
  std::string text = ProgressHeader();
  std::vector<agents::IterationReport> reports;
  for (int i = 1; i <= 3; ++i) {
    agents::IterationReport& report = reports.emplace_back();
    report.iteration = i;
    report.episodes = i == 2 ? 1 : 9;
    report.mean_learned_cost = 10.0 + i;
    report.mean_true_cost = 20.0 + i;
    report.true_cost_deviation = 6.0;
    text += ProgressRow({.report = report, .run_seconds = 1.0, .new_steps = 100});
  }
  const auto table = ParseProgress(text, "progress.txt");
  REQUIRE(table.ok());
  const std::vector<agents::CostPoint> points = CostPointsOf(*table);
  REQUIRE(points.size() == 3);
  for (const std::size_t i : {0U, 2U}) {
    const agents::CostPoint expected = agents::CostPointOf(reports[i]);
    CHECK(points[i].iteration == expected.iteration);
    CHECK(points[i].proxy == expected.proxy);
    CHECK(points[i].truth == expected.truth);
    CHECK(points[i].truth_error == doctest::Approx(2.0));
  }
  CHECK(points[1].iteration == 2);
  CHECK(std::isnan(points[1].truth));
}

TEST_CASE("a log without such columns says nothing") {
  const auto table = ParseProgress("Epoch\tAverageEpCost\n1\t5\n", "progress.txt");
  REQUIRE(table.ok());
  CHECK(std::isnan(CostPointsOf(*table).at(0).proxy));
}

}  // namespace
}  // namespace lookout::app
