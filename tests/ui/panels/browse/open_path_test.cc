#include "ui/panels/browse/open_path.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "tests/support/ui_window.h"

namespace lookout::ui {
namespace {

// The training tab, where a policy can be named.
struct OpeningTest : TestWindow {
  OpeningTest() : TestWindow(UiWorld::Busy(), {1280, 1600}) {
    driver.Click("tab/training");
    driver.Frames(2);
    log.commands.clear();
  }
  void TypePath(std::string_view path) {
    driver.Click("policy_path");
    driver.Type(path);
    driver.Frames(2);
  }
  const std::string& typed() { return window.state().training.policy_path; }
};

TEST_CASE("the button opens the path that was typed, once") {
  OpeningTest test;
  test.TypePath("~/runs/ppo");
  test.driver.Click("open_policy");
  REQUIRE(test.log.Count<OpenFiles>() == 1);
  CHECK(test.log.Last<OpenFiles>()->paths == std::vector<std::string>{"~/runs/ppo"});
  CHECK(test.typed() == "~/runs/ppo");  // to be mended if it was wrong
  test.driver.Frames(3);
  CHECK(test.log.Count<OpenFiles>() == 1);
}

TEST_CASE("Enter does what the button does") {
  OpeningTest test;
  test.TypePath("/tmp/agent.policy");
  test.driver.Tap(Key::kEnter);
  test.driver.Frames(2);
  REQUIRE(test.log.Count<OpenFiles>() == 1);
  CHECK(test.log.Last<OpenFiles>()->paths == std::vector<std::string>{"/tmp/agent.policy"});
}

TEST_CASE("nothing is opened without a path, nor by leaving the field") {
  OpeningTest test;
  REQUIRE(test.driver.Find("open_policy") != nullptr);
  CHECK_FALSE(test.driver.Find("open_policy")->enabled);
  test.driver.Click("policy_path");
  test.driver.Tap(Key::kEnter);
  CHECK(test.log.Count<OpenFiles>() == 0);
  test.TypePath("/tmp/half");
  CHECK(test.driver.Find("open_policy")->enabled);
  test.driver.Click("tab/training");
  test.driver.Frames(2);
  CHECK(test.log.Count<OpenFiles>() == 0);
  CHECK(test.typed() == "/tmp/half");
}

TEST_CASE("while a path is typed, its letters are not the window's keys") {
  OpeningTest test;
  test.TypePath("x g u c ");
  CHECK(test.log.commands.empty());
  CHECK(test.typed() == "x g u c ");
}

}  // namespace
}  // namespace lookout::ui
