#include "ui/panels/browse/environment_browser.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>
#include <string>

#include "tests/support/ui_window.h"

namespace lookout::ui {
namespace {

const EnvironmentCard& CardNamed(const std::vector<EnvironmentCard>& cards,
                                 const std::string& name) {
  const auto found = std::ranges::find(cards, name, &EnvironmentCard::name);
  REQUIRE(found != cards.end());
  return *found;
}

// A window on all registered environments and one of one's own.
TestWindow WholeWindow() {
  UiWorld world = UiWorld::Busy();
  world.environments = sim::EnvironmentIds();
  world.environments.insert(world.environments.begin(), "maze");
  return TestWindow(std::move(world));
}

int IndexOf(const TestWindow& test, const std::string& id) {
  const auto& ids = test.world.environments;
  return static_cast<int>(std::ranges::find(ids, id) - ids.begin());
}

std::string ItemOf(const TestWindow& test, const std::string& id) {
  return fmt::format("environment/{}", IndexOf(test, id));
}

TEST_CASE("a card says what is in the way and what costs") {
  const auto cards = RegisteredCards();
  CHECK(cards.size() == sim::EnvironmentIds().size());
  const EnvironmentCard& goal = CardNamed(cards, "PointGoal1");
  CHECK(goal.contents == "8 hazards, 1 vase");
  CHECK(goal.charged == std::vector<sim::CostKind>{sim::CostKind::kHazards});
  const EnvironmentCard& button = CardNamed(cards, "CarButton2");
  CHECK(button.contents == "8 hazards, 4 buttons, 6 gremlins");
  CHECK(button.charged.size() == 3);
  CHECK(CardNamed(cards, "DoggoRun").contents == "nothing in the way");
  CHECK(CardNamed(cards, "DoggoRun").charged.empty());
}

TEST_CASE("a search finds robots, tasks, objects and costs by any of their words") {
  const auto cards = RegisteredCards();
  const auto count = [&](const char* search) {
    return std::ranges::count_if(cards, [&](const auto& card) { return Matches(card, search); });
  };
  CHECK(count("") == std::ssize(cards));
  CHECK(count("  ") == std::ssize(cards));
  CHECK(count("CAR push") == 3);
  CHECK(count("push car") == 3);
  CHECK(count("gremlins doggo") == 2);
  CHECK(count("PointGoal1") == 1);
  CHECK(count("spaceship") == 0);
}

TEST_CASE("the browser opens from toolbar and panel, and closes with Escape") {
  TestWindow test = WholeWindow();
  CHECK(test.driver.Find("environment_search") == nullptr);
  test.driver.Click("environment");
  CHECK(test.driver.Find("environment_search") != nullptr);
  test.driver.Tap(Key::kEscape);
  CHECK(test.driver.Find("environment_search") == nullptr);
  test.driver.Click("playing");
  CHECK(test.driver.Find("environment_search") != nullptr);
  test.driver.Click("close_environments");
  CHECK(test.driver.Find("environment_search") == nullptr);
}

TEST_CASE("choosing a card changes the environment and closes the browser") {
  TestWindow test = WholeWindow();
  test.driver.Click("environment");
  test.driver.Click("robot/car");
  CHECK(test.driver.Find(ItemOf(test, "Safexp-PointGoal0-v0")) == nullptr);
  test.driver.Click(ItemOf(test, "Safexp-CarGoal1-v0"));
  REQUIRE(test.log.Last<SetEnvironment>() != nullptr);
  CHECK(test.log.Last<SetEnvironment>()->id == "Safexp-CarGoal1-v0");
  CHECK(test.driver.Find("environment_search") == nullptr);
}

TEST_CASE("a search looks everywhere, and Enter takes the first that it finds") {
  TestWindow test = WholeWindow();
  test.driver.Click("environment");
  test.driver.Click("robot/own");
  test.driver.Click("environment_search");
  test.driver.Type("doggo circle");
  test.driver.Frames(2);
  CHECK(test.driver.Find(ItemOf(test, "Safexp-DoggoCircle-v0")) != nullptr);
  CHECK(test.driver.Find("environment/0") == nullptr);
  test.driver.Tap(Key::kEnter);
  REQUIRE(test.log.Last<SetEnvironment>() != nullptr);
  CHECK(test.log.Last<SetEnvironment>()->id == "Safexp-DoggoCircle-v0");
  test.driver.Click("environment");  // on opening again there is no search
  test.driver.Frames(2);
  CHECK(test.driver.Find("environment/0") != nullptr);
}

TEST_CASE("a path that is typed into the search is opened, or can be where files are") {
  TestWindow test = WholeWindow();
  test.driver.Click("environment");
  test.driver.Click("environment_search");
  test.driver.Type("nothing of that kind");
  test.driver.Frames(2);
  CHECK(test.driver.Find("configuration_path") != nullptr);
  test.driver.Tap(Key::kEnter);
  CHECK(test.log.Last<OpenFiles>() == nullptr);
  test.driver.Tap(Key::kEscape);
  test.driver.Click("environment");
  test.driver.Click("environment_search");
  test.driver.Type("~/maze.json");
  test.driver.Frames(2);
  test.driver.Tap(Key::kEnter);
  REQUIRE(test.log.Last<OpenFiles>() != nullptr);
  CHECK(test.log.Last<OpenFiles>()->paths == std::vector<std::string>{"~/maze.json"});
  CHECK(test.driver.Find("environment_search") == nullptr);
}

TEST_CASE("own environments come first, recent files and typed paths are opened") {
  TestWindow test = WholeWindow();
  test.window.state().settings.recent_configurations = {"/home/me/maze.json"};
  test.driver.Click("environment");
  test.driver.Click("robot/own");
  CHECK(test.driver.Find("environment/0") != nullptr);
  test.driver.Click("recent/0");
  REQUIRE(test.log.Last<OpenFiles>() != nullptr);
  CHECK(test.log.Last<OpenFiles>()->paths == std::vector<std::string>{"/home/me/maze.json"});

  test.driver.Click("environment");
  test.driver.Click("configuration_path");
  test.driver.Type("/tmp/x.json");
  test.driver.Click("open_configuration");
  CHECK(test.log.Last<OpenFiles>()->paths == std::vector<std::string>{"/tmp/x.json"});
}

}  // namespace
}  // namespace lookout::ui
