#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "tests/support/ui_window.h"

namespace lookout::ui {
namespace {

// The training tab, where two agents are chosen.
struct ChoosingTest : TestWindow {
  explicit ChoosingTest(UiWorld the_world = UiWorld::Busy())
      : TestWindow(std::move(the_world), {1280, 1400}) {
    driver.Click("tab/training");
    driver.Frames(2);
    log.commands.clear();
  }
  const PairedRollout& Asked() {
    driver.Click("play_both");
    REQUIRE(log.Last<PairedRollout>() != nullptr);
    REQUIRE(log.Last<PairedRollout>()->agents.size() == 2);
    return *log.Last<PairedRollout>();
  }
};

// The world's episodes 2 and 4 side by side at step 400.
UiWorld Compared() {
  UiWorld world = UiWorld::Busy();
  world.comparison = Comparison{.shown = EpisodeId{2}, .ghost = EpisodeId{4}, .ghost_step = 400};
  world.playhead = {.episode = EpisodeId{2}, .step = 400, .live = false, .replaying = true};
  return world;
}

TEST_CASE("one click has the script play with and without care, on the seed on screen") {
  ChoosingTest test;
  const PairedRollout& asked = test.Asked();
  CHECK(asked.agents[0].kind == AgentKind::kGoToGoal);
  CHECK(asked.agents[1].kind == AgentKind::kCareful);
  CHECK(asked.seed == 45);
}

TEST_CASE("policies that were trained in the environment are suggested first") {
  UiWorld world = UiWorld::Busy();
  world.policies = {{"cargoal1-ppo", "", "Safexp-CarGoal1-v0"},
                    {"pointgoal1-ppo", "", "Safexp-PointGoal1-v0"},
                    {"pointgoal1-ppo-lagrangian", "", "Safexp-PointGoal1-v0"}};
  ChoosingTest test(std::move(world));
  test.driver.Click("play_both");
  CHECK(test.window.state().training.comparison.first == "pointgoal1-ppo");
  CHECK(test.window.state().training.comparison.second == "pointgoal1-ppo-lagrangian");
  test.world.player.environment = "Safexp-PointGoal2-v0";
  test.driver.Frames(2);
  CHECK(test.window.state().training.comparison.first == "Go to goal");
}

TEST_CASE("agents and seed can be chosen, and stay, nobody can choose themselves") {
  ChoosingTest test;
  test.driver.Click("compare_first");
  CHECK(test.driver.Find("compare_first/5") == nullptr);  // four others and one policy
  test.driver.Click("compare_first/0");
  test.driver.Click("comparison_seed");
  test.driver.Tap(Chord{.key = Key::kA, .ctrl = true});
  test.driver.Type("1234");
  test.driver.Tap(Key::kEnter);
  test.world.player.environment = "Safexp-PointGoal2-v0";
  test.driver.Frames(2);
  const PairedRollout& asked = test.Asked();
  CHECK(asked.agents[0].kind == AgentKind::kRandom);
  CHECK(asked.agents[1].kind == AgentKind::kCareful);
  CHECK(asked.seed == 1234);
}

TEST_CASE("the button waits for two different agents that can play") {
  ChoosingTest test;
  test.driver.Click("compare_second");
  test.driver.Click("compare_second/1");
  REQUIRE(test.driver.Find("play_both") != nullptr);
  CHECK_FALSE(test.driver.Find("play_both")->enabled);
  test.driver.Click("compare_second");
  test.driver.Click("compare_second/3");  // the newest policy
  CHECK(test.driver.Find("play_both")->enabled);
  test.world.training.policy_version = 0;
  test.driver.Frames(2);
  CHECK_FALSE(test.driver.Find("play_both")->enabled);
}

TEST_CASE("while both are being played there is a way out") {
  ChoosingTest test;
  test.world.player.paired_rollout = 0.4;
  test.driver.Frames(2);
  CHECK(test.driver.Find("play_both") == nullptr);
  test.driver.Click("cancel_play_both");
  CHECK(test.log.Count<CancelPairedRollout>() == 1);
}

TEST_CASE("a comparison has a strip above the view, and only then") {
  TestWindow test(Compared());
  REQUIRE(test.driver.Find("compared/a") != nullptr);
  CHECK(test.driver.Find("compared/a")->max.y <= test.driver.Find("compared/b")->min.y + 0.01F);
  CHECK(test.driver.Find("compared/b")->max.y <= test.view.min.y);
  CHECK(test.view.height() >= 240.0F);
  test.driver.Click("swap_comparison");
  CHECK(test.log.Count<SwapComparison>() == 1);
  test.driver.Click("end_comparison");
  CHECK(test.log.Count<EndComparison>() == 1);
  const float below_strip = test.view.min.y;
  test.world.comparison.reset();
  test.driver.Frames(2);
  CHECK(test.driver.Find("swap_comparison") == nullptr);
  CHECK(test.view.min.y < below_strip);
}

TEST_CASE("A stays the upper row when the two are swapped") {
  UiWorld world = Compared();
  world.comparison =
      Comparison{.shown = EpisodeId{4}, .ghost = EpisodeId{2}, .ghost_step = 400, .swapped = true};
  world.playhead.episode = EpisodeId{4};
  TestWindow test(std::move(world));
  REQUIRE(test.driver.Find("compared/a") != nullptr);
  CHECK(test.driver.Find("compared/a")->min.y < test.driver.Find("compared/b")->min.y);
}

TEST_CASE("a key swaps, in every mode, if there is something to swap") {
  TestWindow test(Compared());
  for (const InputMode mode : {InputMode::kView, InputMode::kDrive, InputMode::kMark}) {
    test.world.mode = mode;
    test.log.commands.clear();
    test.driver.Tap(static_cast<Key>('C'));
    CHECK(test.log.Count<SwapComparison>() == 1);
  }
  test.world.comparison.reset();
  test.log.commands.clear();
  test.driver.Tap(static_cast<Key>('C'));
  CHECK(test.log.Count<SwapComparison>() == 0);
}

TEST_CASE("the strip is drawn at every size, and with episodes of any length") {
  for (const float scale : {0.75F, 1.0F, 2.0F}) {
    for (const ImVec2 display : {ImVec2{320, 240}, ImVec2{800, 600}, ImVec2{3840, 2160}}) {
      UiWorld world = Compared();
      world.AddEpisode(EpisodeId{6}, 0, std::string(300, 'w'), false);
      world.AddEpisode(EpisodeId{7}, 1, "\xF0\x9F\x91\xBB%s##", true);
      world.comparison = Comparison{.shown = EpisodeId{7}, .ghost = EpisodeId{6}, .ghost_step = 9};
      world.playhead = {.episode = EpisodeId{7}, .step = 0, .live = false};
      TestWindow test(std::move(world), display, scale);
      CHECK(test.driver.vertices() > 0);
      CHECK(test.driver.Find("compared/a") != nullptr);
    }
  }
}

}  // namespace
}  // namespace lookout::ui
