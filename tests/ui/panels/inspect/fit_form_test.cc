// What the next fit is asked for in the cost model tab, and what is said of those before.
#include <doctest/doctest.h>

#include "tests/support/ui_window.h"

namespace lookout::ui {
namespace {

TEST_CASE("the next fit takes what was viewed and not marked for as safe as the slider says") {
  TestWindow test(UiWorld::Busy(), {1600, 1600});
  test.driver.Click("tab/cost_model");
  test.driver.Frames(2);
  test.driver.Click("fit");
  REQUIRE(test.log.Last<FitNow>() != nullptr);
  CHECK(test.log.Last<FitNow>()->settings.unmarked_weight == 0.0);
  test.driver.Click("unmarked");  // its middle
  test.driver.Click("fit");
  CHECK(test.log.Last<FitNow>()->settings.unmarked_weight == doctest::Approx(0.5).epsilon(0.2));
}

TEST_CASE("a fit learns other sights of a danger unless that is not wished") {
  TestWindow test(UiWorld::Busy(), {1600, 1600});
  test.driver.Click("tab/cost_model");
  test.driver.Frames(2);
  test.driver.Click("fit");
  REQUIRE(test.log.Last<FitNow>() != nullptr);
  CHECK(test.log.Last<FitNow>()->settings.noise);
  test.driver.Click("fit_noise");
  test.driver.Click("fit");
  CHECK_FALSE(test.log.Last<FitNow>()->settings.noise);
}

TEST_CASE("the form of the next fit begins as the project was left, which hears of every change") {
  TestWindow test(UiWorld::Busy(), {1600, 1600});
  test.world.fit_settings =
      agents::CostModelSettings{.unmarked_weight = 0.25, .inputs = agents::InputChoice::kWorld};
  test.driver.Click("tab/cost_model");
  test.driver.Frames(2);
  CHECK(test.log.Count<SetFitSettings>() == 0);
  test.driver.Click("fit");
  REQUIRE(test.log.Last<FitNow>() != nullptr);
  CHECK(test.log.Last<FitNow>()->settings.unmarked_weight == 0.25);
  CHECK(test.log.Last<FitNow>()->settings.inputs == agents::InputChoice::kWorld);
  test.driver.Click("fit_noise");
  test.driver.Frames(2);
  REQUIRE(test.log.Count<SetFitSettings>() == 1);
  CHECK_FALSE(test.log.Last<SetFitSettings>()->settings.noise);
  CHECK(test.log.Last<SetFitSettings>()->settings.unmarked_weight == 0.25);
}

TEST_CASE("versions of the cost model say with which settings they were fitted") {
  TestWindow test(UiWorld::Busy(), {1600, 1600});
  test.world.fit.versions[0].fitted_with = "unmarked 0.5, no noise";
  test.driver.Click("tab/cost_model");
  test.driver.Frames(2);
  CHECK(test.driver.Find("fitted/1/unmarked 0.5, no noise") != nullptr);
  CHECK(test.driver.Find("fitted/2/settings not recorded") != nullptr);
}

TEST_CASE("the name that a person gave a version stands whole in a window of the usual width") {
  TestWindow test(UiWorld::Busy(), {1280, 1600});
  test.world.fit.versions[0].name = "both episodes";
  test.driver.Click("tab/cost_model");
  test.driver.Frames(2);
  CHECK(test.driver.Find("version_name/1") != nullptr);
  test.world.fit.versions[0].name = "what Ann and Ben said of the first hundred episodes";
  test.driver.Frames(2);
  CHECK(test.driver.Find("version_name/1/cut") != nullptr);
}

TEST_CASE("what the next cost model looks at is chosen in the panel and asked for with the fit") {
  TestWindow test(UiWorld::Busy(), {1600, 1600});
  test.driver.Click("tab/cost_model");
  test.driver.Frames(2);
  CHECK(test.driver.Find("inputs/world") == nullptr);
  test.driver.Click("fit");
  REQUIRE(test.log.Last<FitNow>() != nullptr);
  CHECK(test.log.Last<FitNow>()->settings.history == 0);
  test.driver.Click("model_inputs");
  test.driver.Frames(2);
  test.driver.Click("inputs/world");
  test.driver.Click("inputs/with_action");
  test.driver.Click("inputs/history");
  test.driver.Tap(Chord{.key = Key::kA, .ctrl = true});
  test.driver.Type("3");
  test.driver.Tap(Key::kEnter);
  test.driver.Click("inputs/traces");
  test.driver.Tap(Chord{.key = Key::kA, .ctrl = true});
  test.driver.Type("2");
  test.driver.Tap(Key::kEnter);
  CHECK(test.log.Count<FitNow>() == 1);
  test.driver.Click("fit");
  const agents::CostModelSettings& settings = test.log.Last<FitNow>()->settings;
  CHECK(settings.inputs == agents::InputChoice::kWorld);
  CHECK(settings.history == 3);
  CHECK(settings.traces == 2);
  CHECK(settings.with_action);
}

}  // namespace
}  // namespace lookout::ui
