// Searches for blind spots as they are asked for in the panel, and what they found.
#include "ui/panels/why/blind_spots_section.h"

#include <doctest/doctest.h>

#include <memory>
#include <optional>
#include <utility>

#include "tests/support/ui_window.h"

namespace lookout::ui {
namespace {

struct AttackWindow : TestWindow {
  explicit AttackWindow(std::optional<BlindSpotsOnScreen> spots = std::nullopt,
                        ImVec2 display = {1600, 3200})
      : TestWindow(With(std::move(spots)), display) {
    driver.Click("tab/why");
    driver.Frames(3);
  }
  static UiWorld With(std::optional<BlindSpotsOnScreen> spots) {
    UiWorld world = UiWorld::Busy();
    world.player.playing = false;
    world.blind_spots = std::move(spots);
    return world;
  }
};

// Three layouts: wrong, right, and nothing come by.
BlindSpotsOnScreen Attacked() {
  auto found = std::make_shared<BlindSpotsFound>();
  found->environment = "Safexp-PointGoal1-v0";
  found->spots.resize(3);
  for (std::uint32_t i = 0; i < 3; ++i) found->spots[i].seed = i;
  found->spots[0].worst = agents::AttackedMoment{.clearance_m = -0.05, .probability = 0.2};
  found->spots[1].worst = agents::AttackedMoment{.clearance_m = -0.06, .probability = 0.7};
  found->spots[0].even = {.clear = 1000, .wrong = 4};
  return {
      .layouts = 3, .result = found, .problem = {}, .asked = {false, false, false}, .episodes = {}};
}

TEST_CASE_FIXTURE(AttackWindow, "attack: a search is asked for with what the form says") {
  driver.Click("attack/false_alarm");
  driver.Click("attack/start");
  const auto* asked = log.Last<FindBlindSpots>();
  REQUIRE(asked != nullptr);
  CHECK(asked->error == agents::ModelError::kFalseAlarm);
  CHECK(asked->layouts == 3);
  CHECK(asked->speed_m_s == 0.0);
}

TEST_CASE("attack: a search shows how far it has come, beside what was found before") {
  BlindSpotsOnScreen searching = Attacked();
  searching.searching = true;
  searching.fraction = 0.4;
  AttackWindow window(searching);
  CHECK(window.driver.Find("attack/start") == nullptr);
  CHECK(window.driver.Find("attack/progress") != nullptr);
  CHECK(window.driver.Find("attack/spot/0") != nullptr);
  window.driver.Click("attack/stop");
  CHECK(window.log.Last<StopBlindSpots>() != nullptr);
}

TEST_CASE("attack: a search and its finds are in sight at once in a small window") {
  AttackWindow window(std::nullopt, {1280, 600});
  const auto bottom = [&](const char* name) {
    window.driver.Frames(3);
    REQUIRE(window.driver.Find(name) != nullptr);
    return window.driver.Find(name)->max.y;
  };
  const float panel_bottom = 575.0F;  // below it is the status bar
  CHECK(bottom("attack/start") > panel_bottom);
  window.driver.MoveTo({1130.0F, 400.0F});
  window.driver.Wheel(-100.0F);
  window.driver.Click("attack/start");
  BlindSpotsOnScreen spots = Attacked();
  spots.searching = true;
  window.world.blind_spots = spots;
  CHECK(bottom("attack/stop") < panel_bottom);
  CHECK(bottom("attack/spot/0") < panel_bottom);
  spots.searching = false;
  window.world.blind_spots = spots;
  CHECK(bottom("attack/spot/0") < panel_bottom);
}

TEST_CASE("attack: what is wrong is shown by a click, what is right is not") {
  AttackWindow window(Attacked());
  window.driver.Click("attack/spot/1");
  CHECK(window.log.Last<ShowBlindSpot>() == nullptr);
  window.driver.Click("attack/spot/0");
  REQUIRE(window.log.Last<ShowBlindSpot>() != nullptr);
  CHECK(window.log.Last<ShowBlindSpot>()->spot == 0);
  CHECK(window.driver.Find("attack/spot/2") == nullptr);  // no clear case there
  CHECK(window.driver.Find("attack/none/2") != nullptr);
}

TEST_CASE("attack: one press has the person asked about all finds") {
  AttackWindow window(Attacked());
  window.driver.Click("attack/ask");
  CHECK(window.log.Last<AskAboutBlindSpots>() != nullptr);
  window.world.blind_spots->asked[0] = true;
  window.driver.Frames(2);
  CHECK_FALSE(window.driver.Find("attack/ask")->enabled);
}

TEST_CASE("attack: without a find there is nothing to ask about, and no proof either") {
  BlindSpotsOnScreen right = Attacked();
  auto found = std::make_shared<BlindSpotsFound>(*right.result);
  found->spots.erase(found->spots.begin());
  right.result = found;
  AttackWindow window(right);
  CHECK(window.driver.Find("attack/verdict") != nullptr);
  CHECK(window.driver.Find("attack/ask") == nullptr);
}

}  // namespace
}  // namespace lookout::ui
