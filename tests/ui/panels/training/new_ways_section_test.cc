// What one agent does that another does not, in the training panel, with the mouse.
#include <doctest/doctest.h>

#include <limits>
#include <memory>

#include "tests/support/ui_window.h"

namespace lookout::ui {
namespace {

agents::NewWay Way(double cost, bool is_new) {
  agents::NewWay way{.clips = {{.seed = 3, .first = 51, .last = 75}, {.seed = 5, .first = 1}},
                     .new_share = is_new ? 1.0 : 0.0,
                     .frequency = {.before = 0.1, .after = 0.8, .times = {6.4, 3.0, 14.0}},
                     .cost = {cost, cost / 2, cost * 2},
                     .cost_outside = {cost, cost / 2, cost * 2},
                     .predicted = {0.4, 0.1, 0.9}};
  way.outside_share = is_new ? 1.0 : 0.25;
  return way;
}

NewWaysOnScreen Found() {
  auto ways = std::make_shared<NewWays>();
  ways->report = {.ways = {Way(21.3, false), Way(2.0, true)}, .clips = 240, .found_clips = 31};
  ways->report.cost.value = 24.0;
  ways->places = {"Near vases, 0.12 m", "Near hazards, 0.30 m"};
  const WaysBetween between{"Safexp-PointGoal1-v0", "Careful", "Go to goal"};
  return {.asked = between,
          .problem = {},
          .result = ways,
          .found = between,
          .kept = {},
          .marked = {false, false},
          .unsafe_clips = {0, 0}};
}

TestWindow InTraining(std::optional<NewWaysOnScreen> ways, ImVec2 size = {1280, 3200}) {
  UiWorld world = UiWorld::Busy();
  world.new_ways = std::move(ways);
  return TestWindow(std::move(world), size);
}

TEST_CASE("what the second agent does newly is looked for by one button") {
  TestWindow test = InTraining(std::nullopt);
  test.driver.Click("tab/training");
  test.driver.Click("find_new_ways");
  const auto* find = test.log.Last<FindNewWays>();
  REQUIRE(find != nullptr);
  CHECK(find->before.kind == AgentKind::kGoToGoal);
  CHECK(find->after.kind == AgentKind::kCareful);
  CHECK(find->episodes >= 8);
}

TEST_CASE("a search shows how far it has come, and can be cancelled") {
  NewWaysOnScreen searching = Found();
  searching.result = nullptr;
  searching.searching = true;
  searching.fraction = 0.4;
  TestWindow test = InTraining(searching);
  test.driver.Click("tab/training");
  CHECK(test.driver.Find("find_new_ways") == nullptr);
  test.driver.Click("stop_new_ways");
  CHECK(test.log.Last<StopNewWays>() != nullptr);
}

TEST_CASE("what was found before stays while another search goes on, or where it fails") {
  NewWaysOnScreen searching = Found();
  searching.searching = true;
  searching.asked.after = "Random actions";
  TestWindow test = InTraining(searching);
  test.driver.Click("tab/training");
  CHECK(test.driver.Find("stop_new_ways") != nullptr);
  test.driver.Click("new_way/1");
  CHECK(test.log.Last<ShowNewWay>() != nullptr);
  test.world.new_ways->searching = false;
  test.world.new_ways->problem = "It has no policy.";
  test.driver.Frames(2);
  CHECK(test.driver.Find("new_way/1") != nullptr);
}

TEST_CASE("to look at a clip of a way does not choose its seed for the next comparison") {
  TestWindow test = InTraining(Found());
  test.driver.Click("tab/training");
  const std::uint32_t& seed = test.window.state().training.comparison.followed_seed;
  const std::uint32_t before = seed;
  test.world.playhead = {.episode = EpisodeId{4}, .step = 10, .live = false};
  test.world.new_ways->kept = {EpisodeId{4}};
  test.driver.Frames(2);
  CHECK(seed == before);
  test.world.new_ways->kept.clear();
  test.driver.Frames(2);
  CHECK(seed != before);
}

TEST_CASE("to look at what attacks found does not choose the next comparison's seed") {
  TestWindow test;
  test.driver.Click("tab/training");
  const std::uint32_t& seed = test.window.state().training.comparison.followed_seed;
  const std::uint32_t before = seed;
  test.world.playhead = {.episode = EpisodeId{4}, .step = 10, .live = false};
  test.world.blind_spots =
      BlindSpotsOnScreen{.problem = {}, .asked = {}, .episodes = {EpisodeId{4}}};
  test.driver.Frames(2);
  CHECK(seed == before);
  test.world.blind_spots.reset();
  test.world.hard_worlds = HardWorldsOnScreen{.problem = {}, .episodes = {EpisodeId{4}}};
  test.driver.Frames(2);
  CHECK(seed == before);
}

TEST_CASE("a way is replayed by a click on it, and marked by its button") {
  TestWindow test = InTraining(Found());
  test.driver.Click("tab/training");
  CHECK(test.driver.Find("mark_new_way") == nullptr);
  test.driver.Click("new_way/1");
  REQUIRE(test.log.Last<ShowNewWay>() != nullptr);
  CHECK(test.log.Last<ShowNewWay>()->way == 1);
  test.world.new_ways->shown = 1;
  test.driver.Frames(2);
  test.driver.Click("mark_new_way");
  REQUIRE(test.log.Last<MarkNewWay>() != nullptr);
  CHECK(test.log.Last<MarkNewWay>()->way == 1);
  test.world.new_ways->marked[1] = true;
  test.driver.Frames(2);
  REQUIRE(test.driver.Find("mark_new_way") != nullptr);
  CHECK_FALSE(test.driver.Find("mark_new_way")->enabled);
}

TEST_CASE("what it costs is hidden from who marks blind") {
  TestWindow test = InTraining(Found());
  test.driver.Click("tab/training");
  CHECK(test.driver.Find("new_way/0") != nullptr);
  AnnotatorProfile blind = test.world.marks.annotators().present();
  blind.blind = true;
  test.world.marks.annotators().Put(blind);
  test.driver.Frames(2);
  CHECK(test.driver.Find("new_way/0") == nullptr);
}

TEST_CASE("a problem is said in place of ways") {
  NewWaysOnScreen failed = Found();
  failed.result = nullptr;
  failed.problem = "A person cannot play fresh episodes: choose two other agents.";
  TestWindow test = InTraining(failed);
  test.driver.Click("tab/training");
  CHECK(test.driver.Find("find_new_ways") != nullptr);
  CHECK(test.driver.Find("new_way/0") == nullptr);
}

}  // namespace
}  // namespace lookout::ui
