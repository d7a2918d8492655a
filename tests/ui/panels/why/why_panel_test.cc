// The panel that says why: what it shows of an explanation, what it asks for, what it says where
// there is nothing.
#include "ui/panels/why/why_panel.h"

#include <doctest/doctest.h>

#include <memory>
#include <numbers>
#include <string>

#include "tests/support/contains.h"
#include "tests/support/ui_window.h"
#include "tests/ui/panels/why/why_support.h"
#include "ui/inspection_words.h"
#include "ui/panels/why/why_words.h"

namespace lookout::ui {
namespace {

constexpr double kPi = std::numbers::pi;

TEST_CASE("moves are told in words from where the robot looks") {
  const agents::RobotPose ahead{};
  CHECK(MoveInWords(Back(0.11), ahead) == "0.11 m back");
  CHECK(MoveInWords(Back(0.11), {.heading_rad = kPi}) == "0.11 m forward");
  CHECK(MoveInWords(Back(0.11), {.heading_rad = kPi / 2}) == "0.11 m to the left");
  CHECK(MoveInWords(Back(0.03), ahead) == "3 cm back");
  CHECK(MoveInShort(Back(0.2, -0.2)) == "0.20 m, 11\xC2\xB0: safe");
  CHECK(MoveInWords(Back(0.2, -0.2), ahead) == "0.20 m back and 11\xC2\xB0 to the right");
  CHECK(MoveInWords(Back(0.0, 0.5), ahead) == "29\xC2\xB0 to the left on the spot");
  CHECK(SmallestMoveInWords(Back(0.11), ahead) == "0.11 m back would make it safe.");
  CHECK(Contains(SmallestMoveInWords({.was_unsafe = false, .searched_m = 1.0}, ahead),
                 "up to 1 m was found that makes it unsafe"));
}

TEST_CASE("an explanation is put in words: objects by size, what is silent, inputs from behind") {
  const WhyWords words = WordsOf(*OnScreen().moment);
  REQUIRE(words.objects.size() == 2);
  CHECK(words.silent == 1);
  CHECK(words.objects[0].name == "hazard 0");
  CHECK(words.objects[0].value == "+2.50");
  CHECK(words.objects[0].where == "0.31 m ahead");
  CHECK(words.objects[1].where == "1.20 m behind");
  CHECK(words.largest == 2.5);
  REQUIRE(words.inputs.size() == 2);
  CHECK(words.inputs[0].bins.size() == 16);
  CHECK(words.inputs[0].bins[5] == 2.0);  // bin 2 is ahead on the left: left of the middle
  CHECK(words.residual_is_small);
  CHECK(words.labels.size() == 2);
}

TEST_CASE("the panel asks for the moment on screen and shows what comes of it") {
  WhyWindow test;
  CHECK(test.log.Count<ExplainMoment>() > 0);
  for (const char* item :
       {"why/verdict", "why/smallest_move", "why/hazard0", "why/vase0", "why/motion", "why/label/0",
        "why/label/1", "why/residual", "why/check", "prove/start", "prove/claim"}) {
    CAPTURE(item);
    CHECK(test.Has(item));
  }
  test.driver.Click("why/label/1");
  REQUIRE(test.log.Last<ShowNearLabel>() != nullptr);
  CHECK(test.log.Last<ShowNearLabel>()->index == 1);
}

TEST_CASE("the object under the mouse is told to the view, until the mouse leaves it") {
  WhyWindow test;
  CHECK(test.window.state().why.pointed_object == -1);
  test.driver.MoveTo(test.driver.MiddleOf("why/vase0"));
  test.driver.Frames(2);
  CHECK(test.window.state().why.pointed_object == 2);
  test.driver.MoveTo({10, 10});
  test.driver.Frames(2);
  CHECK(test.window.state().why.pointed_object == -1);
  test.driver.MoveTo(test.driver.MiddleOf("why/hazard0"));
  test.driver.Frames(2);
  test.driver.Click("tab/marks");
  test.driver.Frames(2);
  CHECK(test.window.state().why.pointed_object == -1);
}

TEST_CASE("checks are asked for, and told line by line") {
  WhyWindow test;
  test.driver.Click("why/check");
  CHECK(test.log.Last<CheckExplanation>() != nullptr);
  agents::SanityReport report{.has_networks = true};
  report.randomised.push_back({.layers = 3, .mean = {.objects = 0.05, .entries = -0.1}});
  report.planted.push_back({.entry = "hazards_lidar", .object = "hazard0"});  // not found
  test.world.explanation->sanity = std::make_shared<agents::SanityReport>(report);
  test.driver.Frames(2);
  CHECK(test.Has("why/not_passed"));
  const WhyChecks checks = ChecksOf(test.world.explanation->sanity);
  REQUIRE(checks.lines.size() == 2);
  CHECK(checks.lines[0].passed);
  CHECK_FALSE(checks.lines[1].passed);
  CHECK(Contains(checks.lines[1].text, "not found"));
}

TEST_CASE("where there is nothing to explain it says what to do") {
  WhyWindow test(/*with_explanation=*/false);
  CHECK_FALSE(test.Has("why/verdict"));
  CHECK(test.Has("prove/start"));
  test.world.explanation = ExplanationOnScreen{.problem = "Nothing can be tried out here."};
  test.driver.Frames(2);
  CHECK(test.Has("why/problem"));

  test.world.player.playing = true;
  test.driver.Frames(2);
  CHECK(test.Has("why/playing"));
  test.driver.Click("play");
  REQUIRE(test.log.Last<SetPlaying>() != nullptr);
  CHECK_FALSE(test.log.Last<SetPlaying>()->playing);

  test.world.fit.model = nullptr;
  test.driver.Frames(2);
  CHECK(test.Has("why/nothing"));
  CHECK_FALSE(test.Has("prove/start"));
  test.log.commands.clear();
  test.driver.Frames(2);
  CHECK(test.log.Count<ExplainMoment>() == 0);
}

TEST_CASE("who has no cost model may try the one that is shipped for the environment") {
  WhyWindow test(/*with_explanation=*/false);
  test.world.fit.shipped_model = "shipped.costmodel";
  test.driver.Frames(2);
  CHECK_FALSE(test.Has("open_shipped_model"));  // one is in use
  test.world.fit.model = nullptr;
  test.driver.Frames(2);
  test.driver.Click("open_shipped_model");
  REQUIRE(test.log.Last<OpenFiles>() != nullptr);
  CHECK(test.log.Last<OpenFiles>()->paths == std::vector<std::string>{"shipped.costmodel"});
  test.world.fit.shipped_model.clear();
  test.driver.Frames(2);
  CHECK_FALSE(test.Has("open_shipped_model"));
}

TEST_CASE("a model from elsewhere has no labels here, and one that looks back says so") {
  WhyWindow test;
  auto moment = std::make_shared<MomentExplained>(*test.world.explanation->moment);
  moment->number = 2;
  moment->labels = LabelsKnown::kNone;
  moment->explanation.of_state_alone = true;
  test.world.explanation->moment = moment;
  test.driver.Frames(2);
  CHECK(test.Has("why/no_labels"));
  CHECK(test.Has("why/state_alone"));
  CHECK_FALSE(test.Has("why/label/0"));
}

// How long a frame takes is measured by `lookout bench ui`.
TEST_CASE("words are made once for each explanation") {
  WhyWindow test;
  const char* before = test.window.state().why.words.objects[0].help.data();
  test.driver.Frames(5);
  CHECK(test.window.state().why.words.objects[0].help.data() == before);
  auto moment = std::make_shared<MomentExplained>(*test.world.explanation->moment);
  moment->number = 2;
  moment->explanation.is_unsafe = false;
  test.world.explanation->moment = moment;
  test.driver.Frames(2);
  CHECK(test.window.state().why.words.verdict == "Safe");
}

}  // namespace
}  // namespace lookout::ui
