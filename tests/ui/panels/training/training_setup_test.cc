#include "ui/panels/training/training_setup.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <string>

#include "tests/support/ui_window.h"

namespace lookout::ui {
namespace {

TEST_CASE("training is of the environment on screen, until another one is chosen for it") {
  TestWindow test;
  test.world.training = {};
  test.world.environments.emplace_back("Safexp-PointPush1-v0");
  test.world.environments.emplace_back("Safexp-CarGoal1-v0");
  const std::string& form = test.window.state().settings.training.environment;
  test.driver.Click("tab/training");
  test.driver.Frames(2);
  CHECK(form == "Safexp-PointGoal1-v0");
  test.world.player.environment = "Safexp-PointPush1-v0";
  test.driver.Frames(2);
  CHECK(form == "Safexp-PointPush1-v0");
  test.driver.Click("training_environment");
  test.driver.Click(fmt::format("training_environment/{}", test.world.environments.size() - 1));
  REQUIRE(form == "Safexp-CarGoal1-v0");
  test.world.player.environment = "Safexp-PointGoal1-v0";
  test.driver.Frames(2);
  CHECK(form == "Safexp-CarGoal1-v0");
}

TEST_CASE("an environment that was named for this sitting is that of the next training, too") {
  for (const bool named : {false, true}) {
    CAPTURE(named);
    TestWindow test;
    test.world.training = {};
    TrainingDraft& form = test.window.state().settings.training;
    form.begun = true;
    form.environment = "Safexp-CarGoal1-v0";
    test.window.LoadSettings(test.window.SaveSettings());
    if (named) test.window.TrainInEnvironmentOnScreen();
    test.driver.Click("tab/training");
    test.driver.Frames(2);
    CHECK(form.environment == (named ? "Safexp-PointGoal1-v0" : "Safexp-CarGoal1-v0"));
  }
}

TEST_CASE("a run on a learned cost is told to stop where the costs part by a tick, in any preset") {
  TestWindow test;
  test.world.training = {};
  TrainingDraft& form = test.window.state().settings.training;
  test.driver.Click("tab/training");
  test.driver.Frames(2);
  form.settings.cost_source = agents::CostSource::kRule;
  test.driver.Frames(2);
  CHECK(test.driver.Find("stop_when_parted") == nullptr);
  form.settings.cost_source = agents::CostSource::kLearned;
  test.driver.Frames(2);
  test.driver.Click("stop_when_parted");
  CHECK(form.settings.stop_when_parted);
  test.driver.Click(form.preset == 0 ? "preset/fast" : "preset/ray2019");
  test.driver.Frames(2);
  CHECK(form.settings.stop_when_parted);
  test.driver.Click("start_training");
  REQUIRE(test.log.Last<StartTraining>() != nullptr);
  CHECK(test.log.Last<StartTraining>()->settings.stop_when_parted);
}

}  // namespace
}  // namespace lookout::ui
