#include "ui/panels/training/limit_floor_line.h"

#include <doctest/doctest.h>

#include <memory>
#include <vector>

#include "agents/rl/settings/unmet_limit.h"
#include "tests/support/ui_window.h"

namespace lookout::ui {
namespace {

TEST_CASE("beside the limit on a learned cost stands what a safe script costs, asked for once") {
  TestWindow test;
  test.world.training = {};
  test.driver.Click("tab/training");
  CHECK(test.log.Last<MeasureFloor>() == nullptr);
  test.driver.Click("source");
  test.driver.Click("source/1");
  REQUIRE(test.log.Last<MeasureFloor>() != nullptr);
  const MeasureFloor asked = *test.log.Last<MeasureFloor>();
  CHECK(asked.settings.cost_source == agents::CostSource::kLearned);
  CHECK(test.driver.Find("start_training")->enabled);  // the trainer will look
  auto floor = std::make_shared<MeasuredFloor>();
  floor->environment = asked.environment;
  floor->settings = asked.settings;
  floor->model = test.world.fit.model->id();
  floor->floor = {
      .script = "doing nothing", .episodes = 10, .cost = 272.0, .low = 251.0, .high = 290.0};
  test.world.training.floor = floor;
  test.driver.Frames(2);
  CHECK_FALSE(test.driver.Find("start_training")->enabled);
  test.driver.Click("train_anyway");
  CHECK(test.driver.Find("start_training")->enabled);
  test.driver.Click("start_training");
  REQUIRE(test.log.Last<StartTraining>() != nullptr);
  CHECK(test.log.Last<StartTraining>()->anyway);
  // A limit above it needs no leave.
  test.window.state().settings.training.settings.cost_limit = 300.0;
  test.driver.Frames(2);
  CHECK(test.driver.Find("train_anyway") == nullptr);
  CHECK(test.driver.Find("start_training")->enabled);
}

TEST_CASE("a limit that has not been met for long says so while the run goes on") {
  TestWindow test;
  test.world.training = {};
  TrainingSnapshot& training = test.world.training;
  training.state = TrainingState::kRunning;
  training.settings.algorithm = agents::Algorithm::kPpoLagrangian;
  training.settings.multiplier_cap = 10.0;
  auto history = std::make_shared<std::vector<agents::IterationReport>>(agents::kUnmetFrom);
  for (agents::IterationReport& report : *history) {
    report.multiplier = 10.0;
    report.constrained_cost = 272.0;
  }
  training.history = history;
  test.driver.Click("tab/training");
  test.driver.Frames(30);  // until nothing glides any more
  const int with_warning = test.driver.vertices();
  history->back().multiplier = 9.0;
  test.driver.Frames(2);
  CHECK(test.driver.vertices() < with_warning);
}

}  // namespace
}  // namespace lookout::ui
