// Where a learned cost and the true one part, in the training panel.
#include <doctest/doctest.h>

#include <memory>
#include <utility>
#include <vector>

#include "tests/support/ui_window.h"
#include "ui/model/goodhart_track.h"

namespace lookout::ui {
namespace {

// The first run of a busy window, on a learned cost that parts in iteration 11.
UiWorld Parted() {
  UiWorld world = UiWorld::Busy();
  RunTrack run = world.runs.runs().front();
  run.settings.cost_source = agents::CostSource::kLearned;
  run.kept_policies = {4, 19};
  std::vector<agents::IterationReport> history;
  for (int i = 1; i <= 20; ++i) {
    agents::IterationReport report;
    report.iteration = i;
    report.steps = i * 1000;
    report.episodes = 30;
    report.mean_learned_cost = 20.0;
    report.mean_true_cost = i <= 10 ? 20.0 : 30.0;
    report.true_cost_deviation = 5.0;
    report.kl_from_first = double((i - 1) * (i - 1));
    history.push_back(report);
  }
  run.history = std::make_shared<std::vector<agents::IterationReport>>(std::move(history));
  world.training.run = run.id;
  world.training.settings = run.settings;
  world.training.history = run.history;
  world.runs.Put(run);
  return world;
}

TEST_CASE("points are iterations, with the policies that acted in them") {
  const UiWorld world = Parted();
  const GoodhartTrack track = GoodhartTrackOf(world.runs.runs().front());
  REQUIRE(track.points.size() == 20);
  CHECK(track.points[4].distance == doctest::Approx(4.0));
  CHECK(track.points[4].kept_policy == 4);  // iteration 5 is the one in which it acted
  CHECK(track.points[5].kept_policy == 0);
  REQUIRE(track.parting);
  CHECK(track.parting->since == 11);
}

TEST_CASE("a run on the rule has neither points nor a parting") {
  RunTrack run = Parted().runs.runs().front();
  run.settings.cost_source = agents::CostSource::kRule;
  CHECK(GoodhartTrackOf(run).points.empty());
  CHECK_FALSE(GoodhartTrackOf(run).parting);
}

TEST_CASE("the banner says where the costs part, and a click on a ring opens the policy") {
  TestWindow test(Parted(), {1280, 2400});
  test.driver.Click("tab/training");
  CHECK(test.driver.Find("parting_banner") != nullptr);
  test.driver.Click("plot/goodhart");  // the middle: no ring is there
  const auto* plot = test.driver.Find("plot/goodhart");
  REQUIRE(plot != nullptr);
  CHECK(test.log.Count<WatchRun>() == 0);
  // The last iteration, at a distance of 19 and a cost of 30, with a margin of 5 % on either axis.
  const ImVec2 least(plot->min.x + 40, plot->max.y - 36);
  const ImVec2 most(plot->max.x - 4, plot->min.y + 24);
  test.driver.ClickAt({least.x + (most.x - least.x) / 1.05F, least.y + (most.y - least.y) / 1.05F});
  REQUIRE(test.log.Last<WatchRun>() != nullptr);
  CHECK(test.log.Last<WatchRun>()->iteration == 19);
}

TEST_CASE("without a parting there is no banner, and without distances no plot") {
  TestWindow test(UiWorld::Busy(), {1280, 2400});
  test.driver.Click("tab/training");
  CHECK(test.driver.Find("parting_banner") == nullptr);
  CHECK(test.driver.Find("plot/goodhart") == nullptr);
}

}  // namespace
}  // namespace lookout::ui
