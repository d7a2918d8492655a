// Questions as they are asked in the panel, and their answers.
#include "ui/panels/why/proof_section.h"

#include <doctest/doctest.h>

#include <memory>
#include <string>

#include "tests/support/contains.h"
#include "tests/support/ui_window.h"
#include "ui/panels/why/why_words.h"

namespace lookout::ui {
namespace {

struct ProofWindow : TestWindow {
  ProofWindow() : TestWindow(Paused(), {1600, 1600}) {
    driver.Click("tab/why");
    driver.Frames(3);
  }
  static UiWorld Paused() {
    UiWorld world = UiWorld::Busy();
    world.player.playing = false;
    world.proof = ProofOnScreen{};
    return world;
  }
};

std::shared_ptr<QuestionAnswered> Answered(agents::ProofAnswer answer) {
  auto answered = std::make_shared<QuestionAnswered>();
  answered->episode = EpisodeId{5};
  answered->result.answer = answer;
  answered->result.cells = 1200;
  answered->result.proved = 0.75;
  answered->result.open = 0.25;
  return answered;
}

TEST_CASE("a question is asked as it stands in the form, and stopped") {
  ProofWindow test;
  test.driver.Click("prove/safe");
  test.driver.Click("prove/start");
  const AskQuestion* asked = test.log.Last<AskQuestion>();
  REQUIRE(asked != nullptr);
  CHECK(asked->question == QuestionText(test.window.state().why.form));
  CHECK(Contains(asked->question, R"("claim": "safe")"));
  CHECK(Contains(asked->question, R"("of": "hazard")"));
  CHECK(asked->seconds == 60.0);

  test.world.proof->searching = true;
  test.world.proof->progress = {.cells = 100, .proved = 0.5};
  test.driver.Frames(2);
  CHECK(test.driver.Find("prove/start") == nullptr);
  CHECK(test.driver.Find("prove/shares") != nullptr);
  test.driver.Click("prove/stop");
  CHECK(test.log.Last<StopQuestion>() != nullptr);
}

TEST_CASE("fields are those that the place needs") {
  ProofWindow test;
  CHECK(test.driver.Find("prove/distance") == nullptr);
  test.window.state().why.form.place = ProofPlace::kBox;
  test.driver.Frames(2);
  CHECK(test.driver.Find("prove/x-from") != nullptr);
  CHECK(test.driver.Find("prove/distance") == nullptr);
  test.window.state().why.form.place = ProofPlace::kAround;
  test.driver.Frames(2);
  CHECK(test.driver.Find("prove/distance") != nullptr);
  CHECK(test.driver.Find("prove/x-from") == nullptr);
}

TEST_CASE("a counterexample is shown, hidden and opened, and a problem is said") {
  ProofWindow test;
  auto answered = Answered(agents::ProofAnswer::kCounterexample);
  answered->result.worst = agents::Counterexample{.probability = 0.31F};
  answered->variables = {{"x_m"}, {"heading_rad"}};
  answered->result.worst->point.at[0] = 0.5;
  answered->world = "a world";
  test.world.proof->answer = answered;
  test.world.proof->in_view = true;
  test.driver.Frames(2);
  CHECK(test.driver.Find("prove/answer") != nullptr);
  test.driver.Click("prove/in_view");
  REQUIRE(test.log.Last<ShowCounterexample>() != nullptr);
  CHECK_FALSE(test.log.Last<ShowCounterexample>()->shown);
  test.driver.Click("prove/open");
  CHECK(test.log.Last<OpenCounterexample>() != nullptr);
  CHECK(Contains(WordsOf(answered).about, "0.3100"));
  CHECK(WordsOf(answered).at == "There: x 0.500 m, heading 0.0\xC2\xB0.");

  test.world.proof = ProofOnScreen{.problem = "The question: it needs more."};
  test.driver.Frames(2);
  CHECK(test.driver.Find("prove/problem") != nullptr);
  CHECK(test.driver.Find("prove/open") == nullptr);
}

TEST_CASE("what stays open comes with its bound, and what is proved without") {
  auto open = Answered(agents::ProofAnswer::kOpen);
  open->result.open_sample = agents::OpenSample{.trials = 3000, .most_failing = 0.001};
  CHECK(Contains(WordsOf(open).statistics, "at most 0.1 %"));
  CHECK(Contains(WordsOf(open).counts, "75.0 % proved"));
  CHECK(WordsOf(Answered(agents::ProofAnswer::kProved)).statistics.empty());
  CHECK(WordsOf(Answered(agents::ProofAnswer::kProved)).answer == "Proved");
}

}  // namespace
}  // namespace lookout::ui
