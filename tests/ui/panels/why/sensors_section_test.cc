// Attacks on the sensors of the moment on screen, as the panel asks for them and tells of them.
#include "ui/panels/why/sensors_section.h"

#include <doctest/doctest.h>

#include <memory>

#include "tests/support/contains.h"
#include "tests/ui/panels/why/why_support.h"
#include "ui/panels/why/sensor_words.h"

namespace lookout::ui {
namespace {

SensorsAttacked Turned() {
  SensorsAttacked result{.number = 7, .step = 300, .scale_steps = 301};
  result.attack = {.budget = 0.02,
                   .probability = 0.93,
                   .attacked_probability = 0.21,
                   .was_unsafe = true,
                   .turned = true,
                   .smallest_budget = 0.0126,
                   .most_budget = 0.1,
                   .draws = 200,
                   .turned_by_noise = 3,
                   .told = {{"hazards_lidar", 0, 16, 0.9F, 0.88F, -2.5},
                            {"gyro", 2, 3, 0.1F, 0.2F, -0.5},
                            {"ballangvel_rear", 1, 4, 0.1F, 0.2F, -0.2}}};
  return result;
}

SensorsOnScreen SensorsOf(SensorsAttacked result) {
  return {.result = std::make_shared<const SensorsAttacked>(std::move(result)),
          .is_looked_at = true,
          .problem = {}};
}

struct SensorsWindow : WhyWindow {
  SensorsWindow() {
    driver.Click("attack/of_sensors");
    driver.Frames(2);
  }
};

TEST_CASE(
    "sensors: while it is open and nothing moves, the moment is asked about as the slider says") {
  SensorsWindow test;
  CHECK(test.Has("sensors/honest"));
  CHECK_FALSE(test.Has("attack/start"));
  REQUIRE(test.log.Last<AttackSensors>() != nullptr);
  CHECK(test.log.Last<AttackSensors>()->budget == doctest::Approx(0.02));
  test.window.state().why.sensor_budget_percent = 5.0F;
  test.driver.Frames(2);
  CHECK(test.log.Last<AttackSensors>()->budget == doctest::Approx(0.05));

  test.world.player.playing = true;
  test.driver.Frames(2);
  test.log.commands.clear();
  test.driver.Frames(2);
  CHECK(test.log.Count<AttackSensors>() == 0);
  CHECK(test.Has("sensors/none"));
  test.world.player.playing = false;
  test.driver.Frames(2);
  test.driver.Click("attack/of_model");
  test.driver.Frames(2);
  test.log.commands.clear();
  test.driver.Frames(2);
  CHECK(test.log.Count<AttackSensors>() == 0);
}

TEST_CASE("sensors: verdicts, the smallest budget, noise and what turns it most are told") {
  SensorsWindow test;
  test.world.sensors = SensorsOf(Turned());
  test.driver.Frames(2);
  for (const char* item : {"sensors/turned", "sensors/smallest", "sensors/noise", "sensors/value/0",
                           "sensors/value/2"}) {
    CAPTURE(item);
    CHECK(test.Has(item));
  }
  SensorsAttacked held = Turned();
  held.number = 8;
  held.attack.turned = false;
  test.world.sensors = SensorsOf(held);
  test.driver.Frames(2);
  CHECK(test.Has("sensors/held"));
  test.world.sensors =
      SensorsOnScreen{.problem = "This step was recorded without its observation."};
  test.driver.Frames(2);
  CHECK(test.Has("sensors/problem"));
  CHECK_FALSE(test.Has("sensors/held"));
}

TEST_CASE("sensors: values are named by where they look, budgets in per cent") {
  const SensorWords words = WordsOf(Turned());
  CHECK(Contains(words.smallest, "From 1.3 % on it says safe"));
  CHECK(Contains(words.noise, "3 of 200"));
  REQUIRE(words.values.size() == 3);
  CHECK(words.values[0].name == "hazards lidar, ahead");
  CHECK(words.values[0].change == "lowered from 0.900 to 0.880");
  CHECK(words.values[1].name == "gyro z");
  CHECK(words.values[1].change == "lifted from 0.100 to 0.200");
  CHECK(words.values[2].name == "ballangvel rear 2 of 4");
  REQUIRE(words.limits.size() == 1);
  CHECK(Contains(words.limits[0], "301 steps"));

  SensorsAttacked firm = Turned();
  firm.attack.smallest_budget.reset();
  firm.of_state_alone = true;
  firm.scale_steps = 1;
  const SensorWords others = WordsOf(firm);
  CHECK(Contains(others.smallest, "No attack up to 10 % was found that makes it safe"));
  REQUIRE(others.limits.size() == 2);
  CHECK(Contains(others.limits[0], "state alone"));
  CHECK(Contains(others.limits[1], "lidars alone"));
}

TEST_CASE("sensors: what is chosen comes into sight, until somebody scrolls") {
  WhyWindow test;
  test.driver.Resize({1600, 800});
  test.driver.Frames(3);
  test.driver.MoveTo({1450.0F, 600.0F});  // over the panel
  test.driver.Wheel(-200.0F);
  test.driver.Frames(3);
  test.driver.Click("attack/of_sensors");
  test.driver.Frames(3);
  CHECK(test.driver.MiddleOf("sensors/honest").y < 780.0F);
  CHECK(test.window.state().why.attack_top_px.has_value());
  test.driver.Wheel(1.0F);
  test.driver.Frames(2);
  CHECK_FALSE(test.window.state().why.attack_top_px.has_value());
}

TEST_CASE("sensors: without a cost model it says so") {
  SensorsWindow test;
  test.world.fit.model = nullptr;
  test.driver.Frames(2);
  CHECK(test.Has("sensors/none"));
}

}  // namespace
}  // namespace lookout::ui
