#include "ui/panels/frame/main_window.h"

#include <doctest/doctest.h>

#include <cmath>
#include <string>
#include <vector>

#include "tests/support/ui_window.h"
#include "ui/panels/frame/bars/toolbar.h"
#include "ui/panels/frame/side_panel.h"
#include "ui/panels/inspect/meters_panel.h"

namespace lookout::ui {
namespace {

TEST_CASE("the play button pauses and plays") {
  TestWindow test;
  test.driver.Click("play");
  CHECK_FALSE(test.log.Last<SetPlaying>()->playing);
  test.world.player.playing = false;
  test.driver.Click("play");
  CHECK(test.log.Last<SetPlaying>()->playing);
}

TEST_CASE("toolbar buttons and choices ask for what they say") {
  TestWindow test;
  test.driver.Click("reset");
  CHECK(test.log.Last<ResetEpisode>()->seed == ResetEpisode::Seed::kSame);
  test.driver.Click("next_seed");
  CHECK(test.log.Last<ResetEpisode>()->seed == ResetEpisode::Seed::kNext);
  test.driver.Click("mode/drive");
  CHECK(test.log.Last<SetMode>()->mode == InputMode::kDrive);
  test.driver.Click("environment");
  test.driver.Click("environment/2");
  CHECK(test.log.Last<SetEnvironment>()->id == "Safexp-PointGoal2-v0");
  test.driver.Click("speed");
  test.driver.Click("speed/11");
  CHECK(test.log.Last<SetSpeed>()->factor == 2.0);
  test.driver.Click("agent");
  test.driver.Click("agent/5");
  CHECK(test.log.Last<SetAgent>()->kind == AgentKind::kNamedPolicy);
  CHECK(test.log.Last<SetAgent>()->policy == "PPO on PointGoal1");
}

TEST_CASE("while another episode is on screen the toolbar says that it names the live one") {
  UiWorld world = UiWorld::Busy();
  CHECK(LiveNamesOf(world.View()).environment == "PointGoal1");
  CHECK(LiveNamesOf(world.View()).agent == "Go to goal");
  world.playhead.live = false;
  CHECK(LiveNamesOf(world.View()).environment == "Live: PointGoal1");
  CHECK(LiveNamesOf(world.View()).agent == "Live: Go to goal");
}

TEST_CASE("a policy of another environment is watched there") {
  UiWorld world = UiWorld::Busy();
  world.policies.push_back({"r1", "Of a run", "Safexp-CarGoal1-v0"});
  TestWindow test(std::move(world));
  test.driver.Click("agent");
  test.driver.Click("agent/6");
  CHECK(test.log.Last<SetAgent>() == nullptr);
  REQUIRE(test.log.Last<WatchIn>() != nullptr);
  CHECK(test.log.Last<WatchIn>()->environment == "Safexp-CarGoal1-v0");
  CHECK(test.log.Last<WatchIn>()->agent.policy == "r1");
}

TEST_CASE("a typed seed starts its episode") {
  TestWindow test;
  test.driver.Click("seed");
  test.driver.Tap(Chord{.key = Key::kA, .ctrl = true});
  test.driver.Type("1234");
  test.driver.Tap(Key::kEnter);
  REQUIRE(test.log.Last<ResetEpisode>() != nullptr);
  CHECK(test.log.Last<ResetEpisode>()->seed == ResetEpisode::Seed::kGiven);
  CHECK(test.log.Last<ResetEpisode>()->given == 1234);
}

TEST_CASE("clicking the timeline looks at that moment") {
  TestWindow test;
  const float x = test.window.state().timeline.axis.X(250);
  test.driver.ClickAt({x, test.driver.MiddleOf("timeline/ruler").y});
  REQUIRE(test.log.Last<Seek>() != nullptr);
  CHECK(test.log.Last<Seek>()->episode == EpisodeId{5});
  CHECK(std::abs(test.log.Last<Seek>()->step - 250) <= 2);
}

TEST_CASE("in review there are ways back and onwards") {
  TestWindow test;
  CHECK(test.driver.Find("go_live") == nullptr);
  test.world.playhead.live = false;
  test.world.playhead.step = 305;
  test.driver.Frames(2);
  test.driver.Click("go_live");
  CHECK(test.log.Count<GoLive>() == 1);
  test.driver.Click("continue_here");
  CHECK(test.log.Last<ContinueFrom>()->step == 305);
}

TEST_CASE("an episode of the list opens, the live one goes live") {
  TestWindow test;
  test.driver.Click("episode/4");
  CHECK(test.log.Last<OpenEpisode>()->id == EpisodeId{4});
  test.driver.Click("episode/5");
  CHECK(test.log.Count<GoLive>() == 1);
}

TEST_CASE("switching the learned field off lets the surveyor rest") {
  TestWindow test;
  test.driver.Click("overlay/field");
  REQUIRE(test.log.Last<SetFieldVisible>() != nullptr);
  CHECK_FALSE(test.log.Last<SetFieldVisible>()->visible);
  CHECK_FALSE(test.world.overlay("field"));
  CHECK(test.driver.Find("quantity/spread") == nullptr);
  test.driver.Click("overlay/field");
  test.driver.Click("quantity/spread");
  CHECK(test.world.quantity == FieldQuantity::kSpread);
}

TEST_CASE("the cost model is fitted by its button, a running fit is not started twice") {
  TestWindow test;
  test.driver.Click("tab/cost_model");
  test.driver.Click("fit");
  CHECK(test.log.Count<FitNow>() == 1);
  test.driver.Click("automatic_fit");
  CHECK_FALSE(test.log.Last<SetAutomaticFit>()->automatic);
  test.world.fit.fitting = true;
  test.driver.Frames(2);
  test.driver.Click("fit");
  CHECK(test.log.Count<FitNow>() == 1);
}

TEST_CASE("nothing is said of a cost model before the fitter was heard") {
  FitSnapshot fit;
  CHECK(std::string(WhyNoPrediction(fit)).empty());
  fit.environment = "Safexp-PointGoal1-v0";
  CHECK(std::string(WhyNoPrediction(fit)) == "no model yet");
  fit.fitting = true;
  CHECK(std::string(WhyNoPrediction(fit)) == "being fitted\xE2\x80\xA6");
}

TEST_CASE("a contradiction leads to its mark") {
  TestWindow test;
  test.world.fit.contradictions = {{EpisodeId{5}, 131, MarkId{3}, MarkId{2}}};
  ShowPanel("tab/cost_model", test.window.state().settings);
  test.driver.Resize({1280, 1100});
  test.driver.Frames(2);
  test.driver.Click("contradiction/0");
  CHECK(test.log.Last<Seek>()->step == 130);
}

TEST_CASE("in Drive mode the keys steer every frame, and stop when the mode ends") {
  TestWindow test;
  test.world.mode = InputMode::kDrive;
  test.driver.KeyDown(Chord{Key::kW});
  test.driver.KeyDown(Chord{Key::kLeft});
  CHECK(test.log.Last<DriveInput>()->forward == 1.0);
  CHECK(test.log.Last<DriveInput>()->turn == 1.0);
  CHECK(test.log.Count<SeekBy>() == 0);
  const int before = test.log.Count<DriveInput>();
  test.driver.Frames(3);
  CHECK(test.log.Count<DriveInput>() == before + 3);
  test.world.mode = InputMode::kMark;
  test.driver.Frames(3);
  CHECK(test.log.Last<DriveInput>()->forward == 0.0);
  CHECK(test.log.Count<DriveInput>() == before + 4);
}

TEST_CASE("what lies above the window owns the keyboard, and Escape closes the topmost") {
  TestWindow test;
  test.driver.Click("environment");
  const RecordedItem* close = test.driver.Find("close_environments");
  REQUIRE(close != nullptr);
  test.driver.ClickAt({close->min.x - 60, close->max.y});  // the search loses the focus
  test.log.commands.clear();
  test.driver.Tap(Key::kX);
  test.driver.Tap(Key::kSpace);
  test.driver.Tap(Key::kTab);
  CHECK(test.log.commands.empty());
  CHECK(test.driver.Find("episode/5") != nullptr);
  test.driver.Tap(Key::kEscape);
  CHECK(test.driver.Find("close_environments") == nullptr);

  test.driver.Click("keys");
  test.driver.Frames(2);
  test.driver.Tap(Key::kX);
  CHECK(test.log.Count<BeginMark>() == 0);
  test.driver.Tap(Key::kEscape);

  test.driver.Click("speed");
  REQUIRE(test.driver.Find("speed/11") != nullptr);
  test.driver.Tap(Key::kX);
  CHECK(test.log.Count<BeginMark>() == 0);
  test.driver.Tap(Key::kEscape);
  test.driver.Frames(2);
  CHECK(test.driver.Find("speed/11") == nullptr);
  CHECK(test.window.TakeViewActions().empty());
  test.driver.Tap(Key::kX);
  CHECK(test.log.Count<BeginMark>() == 1);
}

TEST_CASE("the welcome is shown once, never in the way of keys, F1 opens the help") {
  TestWindow test;
  test.window.LoadSettings("{}");
  test.driver.Frames(3);
  REQUIRE(test.driver.Find("welcome_start") != nullptr);
  test.driver.Tap(Key::kSpace);
  CHECK(test.log.Count<SetPlaying>() == 1);
  CHECK(test.driver.Find("welcome_start") != nullptr);
  test.driver.Click("welcome_start");
  CHECK(test.driver.Find("welcome_start") == nullptr);
  const std::string saved = test.window.SaveSettings();
  test.window.LoadSettings(saved);
  test.driver.Frames(3);
  CHECK(test.driver.Find("welcome_start") == nullptr);
  test.driver.Tap(Key::kF1);
  test.driver.Frames(3);
  CHECK(test.driver.Find("welcome_start") == nullptr);
  REQUIRE(test.driver.Find("help_close") != nullptr);
  test.driver.Click("help_keys");
  test.driver.Frames(2);
  CHECK(test.driver.Find("help_close") == nullptr);
  CHECK(test.window.state().keys.shown);
}

TEST_CASE("settings changed in the window are saved, overlays included") {
  std::string saved;
  {
    TestWindow test;
    test.window.SaveSettings();
    CHECK_FALSE(test.window.SettingsChanged());
    test.driver.Click("overlay/trail");
    test.driver.Click("tab/training");
    CHECK(test.window.SettingsChanged());
    saved = test.window.SaveSettings();
  }
  TestWindow test;
  CHECK(test.window.LoadSettings(saved).empty());
  test.driver.Frames(2);
  CHECK_FALSE(test.world.overlay("trail"));
  CHECK(test.world.overlay("hazards"));
  CHECK(test.driver.Find("pause_training") != nullptr);
}

TEST_CASE("the appearance popup changes theme and size") {
  TestWindow test;
  test.driver.Click("appearance");
  test.driver.Click("theme/light");
  CHECK(test.window.state().settings.theme == ThemeKind::kLight);
  test.driver.Click("scale/150");
  CHECK(test.window.state().settings.ui_scale == 1.5F);
  CHECK(test.window.PrepareFrame(1.0F));
  CHECK_FALSE(test.window.PrepareFrame(1.0F));
  test.driver.Frames(2);
}

}  // namespace
}  // namespace lookout::ui
