// What overseers did in training, as curves.
#include <doctest/doctest.h>

#include <memory>
#include <utility>
#include <vector>

#include "tests/support/ui_window.h"

namespace lookout::ui {
namespace {

TEST_CASE("what was violated so far and the share of blocked steps have curves of their own") {
  UiWorld world = UiWorld::Busy();
  RunTrack overseen = world.runs.runs().front();
  std::vector<agents::IterationReport> history = *overseen.history;
  for (agents::IterationReport& report : history) {
    report.violation_steps = 100.0 * (report.iteration + 1);
    report.blocked_share = 0.25;
  }
  overseen.history = std::make_shared<std::vector<agents::IterationReport>>(std::move(history));
  world.runs.Put(overseen);
  TestWindow test(std::move(world), {1280, 1600});
  test.driver.Click("tab/training");
  CHECK(test.driver.Find("plot/violation_steps") != nullptr);
  REQUIRE(test.driver.Find("plot/blocked") != nullptr);
  const RunCurves& curves = test.window.state().training.curves.groups.front();
  CHECK(curves.of(RunFigure::kViolationSteps).mean[1] ==
        doctest::Approx(100.0 + curves.of(RunFigure::kViolationSteps).mean[0]));
  CHECK(curves.of(RunFigure::kBlockedPercent).mean[0] == 25.0F);
  test.driver.Click("plot/blocked");
  CHECK(test.window.state().plot.plot == TrainingPlot::kBlocked);
}

}  // namespace
}  // namespace lookout::ui
