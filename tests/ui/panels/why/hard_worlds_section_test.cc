// Searches for worlds that hurt the agent as they are asked for in the panel, and what they found.
#include "ui/panels/why/hard_worlds_section.h"

#include <doctest/doctest.h>

#include <memory>
#include <optional>
#include <utility>

#include "tests/support/idle_policy.h"
#include "tests/support/ui_window.h"
#include "ui/panels/why/attack_parts.h"

namespace lookout::ui {
namespace {

struct WorldsWindow : TestWindow {
  explicit WorldsWindow(std::optional<HardWorldsOnScreen> worlds = std::nullopt,
                        ImVec2 display = {1600, 3200})
      : TestWindow(With(std::move(worlds)), display) {
    driver.Click("tab/why");
    driver.Frames(3);
    driver.Click("attack/of_agent");
    driver.Frames(2);
  }
  static UiWorld With(std::optional<HardWorldsOnScreen> worlds) {
    UiWorld world = UiWorld::Busy();
    world.player.playing = false;
    world.player.policy = std::make_shared<test::IdlePolicy>();
    world.hard_worlds = std::move(worlds);
    return world;
  }
};

// Two layouts: one in which it pays, one in which it does not.
HardWorldsOnScreen Harmful() {
  auto found = std::make_shared<HardWorldsFound>(
      HardWorldsFound{.environment = "Safexp-PointGoal1-v0",
                      .agent = "PPO-Lagrangian",
                      .overseer = "Look-ahead",
                      .ordinary = 16,
                      .ordinary_with_cost = 3,
                      .ordinary_mean_cost = 1.5,
                      .ordinary_most_cost = 12,
                      .candidates = 96,
                      .worlds = {{.seed = 0, .cost = 34.0, .clearance_m = -0.1},
                                 {.seed = 1, .cost = 0.0, .clearance_m = 0.04}}});
  return {.layouts = 2, .result = found, .problem = {}, .episodes = {}};
}

TEST_CASE("worlds: a search is asked for with what the form says") {
  WorldsWindow window;
  CHECK(window.driver.Find("attack/miss") == nullptr);  // of the cost model
  window.driver.Click("attack/start_worlds");
  const auto* asked = window.log.Last<FindHardWorlds>();
  REQUIRE(asked != nullptr);
  CHECK(asked->layouts == 2);
  CHECK(asked->reach_m == 0.3);
  CHECK(asked->generations == 6);
  CHECK(asked->population == 16);
  CHECK(asked->episodes() == 16 + 2 * 6 * 16);
  window.driver.Click("attack/of_model");
  window.driver.Frames(2);
  CHECK(window.driver.Find("attack/miss") != nullptr);
}

TEST_CASE("worlds: where no agent plays the search is not offered") {
  WorldsWindow window;
  window.world.player.policy = nullptr;
  window.driver.Frames(2);
  REQUIRE(window.driver.Find("attack/start_worlds") != nullptr);
  CHECK_FALSE(window.driver.Find("attack/start_worlds")->enabled);
}

TEST_CASE("worlds: without a cost model the agent can be attacked all the same") {
  WorldsWindow window;
  window.world.fit.model = nullptr;
  window.driver.Frames(2);
  REQUIRE(window.driver.Find("attack/start_worlds") != nullptr);
  CHECK(window.driver.Find("attack/start_worlds")->enabled);
}

TEST_CASE("worlds: a search shows how far it has come, beside what was found before") {
  HardWorldsOnScreen searching = Harmful();
  searching.searching = true;
  searching.fraction = 0.4;
  WorldsWindow window(searching);
  CHECK(window.driver.Find("attack/start_worlds") == nullptr);
  CHECK(window.driver.Find("attack/progress") != nullptr);
  CHECK(window.driver.Find("attack/world/0") != nullptr);
  window.driver.Click("attack/stop");
  CHECK(window.log.Last<StopHardWorlds>() != nullptr);
}

TEST_CASE("worlds: each is shown by a click, whether it made it pay or not") {
  WorldsWindow window(Harmful());
  CHECK(window.driver.Find("attack/verdict") != nullptr);
  CHECK(window.driver.Find("attack/ordinary") != nullptr);
  for (const std::size_t i : {0, 1}) {
    window.driver.Click(i == 0 ? "attack/world/0" : "attack/world/1");
    REQUIRE(window.log.Last<ShowHardWorld>() != nullptr);
    CHECK(window.log.Last<ShowHardWorld>()->world == i);
  }
}

TEST_CASE("worlds: how much is searched is for a person to say, within limits") {
  WorldsWindow window;
  FindHardWorlds& form = window.window.state().why.hard_worlds;
  const auto type = [&](const char* field, const char* text) {
    window.driver.Click(field);
    window.driver.Type(text);
    window.driver.Tap(Key::kEnter);
    window.driver.Frames(2);
  };
  type("attack/generations", "12");
  CHECK(form.generations == 12);
  type("attack/population", "2");
  CHECK(form.population == 4);  // the least of which some can be better than others
  window.driver.Click("attack/start_worlds");
  REQUIRE(window.log.Last<FindHardWorlds>() != nullptr);
  CHECK(window.log.Last<FindHardWorlds>()->candidates() == 48);
  CHECK(window.driver.Find("attack/size") != nullptr);
}

TEST_CASE("worlds: that a result is of another agent, policy, overseer or world is said") {
  WorldsWindow window(Harmful());
  CHECK(window.driver.Find("attack/of_another") == nullptr);
  for (const HardWorldsChange& since :
       {HardWorldsChange{.agent = true}, HardWorldsChange{.policy = true},
        HardWorldsChange{.overseers = true}, HardWorldsChange{.environment = true}}) {
    window.world.hard_worlds->since = since;
    window.driver.Frames(2);
    CHECK(window.driver.Find("attack/of_another") != nullptr);
  }
}

TEST_CASE("how long a search takes is told roughly") {
  CHECK(DurationInWords(0.2).view() == "1 s");
  CHECK(DurationInWords(42.0).view() == "42 s");
  CHECK(DurationInWords(240.0).view() == "4 min");
  CHECK(DurationInWords(5400.0).view() == "1.5 h");
}

TEST_CASE("worlds: they are kept and saved by a press each, once") {
  WorldsWindow window(Harmful());
  window.driver.Click("attack/keep");
  CHECK(window.log.Last<KeepHardWorlds>() != nullptr);
  window.driver.Click("attack/save");
  CHECK(window.log.Last<SaveHardWorlds>() != nullptr);
  window.world.hard_worlds->kept = window.world.hard_worlds->saved = true;
  window.driver.Frames(2);
  CHECK_FALSE(window.driver.Find("attack/keep")->enabled);
  CHECK_FALSE(window.driver.Find("attack/save")->enabled);
  window.world.hard_worlds->kept = false;
  window.world.project.read_only = true;
  window.driver.Frames(2);
  CHECK_FALSE(window.driver.Find("attack/keep")->enabled);
}

TEST_CASE("worlds: a search that began and its finds are in sight at once in a small window") {
  WorldsWindow window(std::nullopt, {1280, 600});
  window.driver.MoveTo({1130.0F, 400.0F});
  window.driver.Wheel(-100.0F);
  window.driver.Click("attack/start_worlds");
  HardWorldsOnScreen worlds = Harmful();
  window.world.hard_worlds = worlds;
  window.driver.Frames(3);
  const float panel_bottom = 575.0F;  // below it is the status bar
  REQUIRE(window.driver.Find("attack/world/0") != nullptr);
  CHECK(window.driver.Find("attack/world/0")->max.y < panel_bottom);
}

}  // namespace
}  // namespace lookout::ui
