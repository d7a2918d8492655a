// What the Why tab asks the policy that plays, and what it shows of the answers.
#include "ui/panels/why/why_policy.h"

#include <doctest/doctest.h>
#include <imgui_internal.h>

#include <memory>

#include "tests/support/contains.h"
#include "tests/ui/panels/why/why_support.h"

namespace lookout::ui {
namespace {

bool IsTooltipShown() {
  for (const ImGuiWindow* window : ImGui::GetCurrentContext()->Windows) {
    if (window->Active && (window->Flags & ImGuiWindowFlags_Tooltip) != 0) return true;
  }
  return false;
}

// Two components of an action, by a policy that plays.
std::shared_ptr<MomentExplained> ActionsExplained() {
  auto moment = std::make_shared<MomentExplained>();
  moment->number = 7;
  moment->episode = EpisodeId{5};
  moment->step = 300;
  moment->subject = WhySubject::kActions;
  moment->agent = "PPO, iteration 12";
  moment->labels = LabelsKnown::kNone;
  const agents::Explanation found = Explained();
  for (const char* name : {"forward", "turn"}) {
    NumberExplained& one = moment->numbers.emplace_back();
    one.name = name;
    one.meaning = "x: force, -1 to 1";
    one.found = {.contributions = found.contributions, .gradients = found.gradients};
    one.found.contributions.value = 0.75;
    one.found.contributions.value_without = -0.25;
  }
  moment->numbers[1].found.contributions.objects[0].shapley = -0.5;
  return moment;
}

TEST_CASE("what the policy does is asked, and shown with what it goes by") {
  WhyWindow test;
  test.world.player.agent = AgentKind::kNamedPolicy;
  test.driver.Click("why/of_actions");
  REQUIRE(test.log.Last<ExplainMoment>() != nullptr);
  CHECK(test.log.Last<ExplainMoment>()->subject == WhySubject::kActions);
  CHECK_FALSE(test.Has("why/verdict"));  // what was told of the cost model is no answer
  CHECK_FALSE(test.Has("why/number_shown"));

  test.world.explanation =
      ExplanationOnScreen{.moment = ActionsExplained(), .is_of_this_moment = true};
  test.driver.Frames(2);
  for (const char* item : {"why/number_shown", "why/number/0", "why/number/1", "why/hazard0",
                           "why/residual", "why/check"}) {
    CAPTURE(item);
    CHECK(test.Has(item));
  }
  for (const char* item : {"why/verdict", "why/smallest_move", "why/motion", "prove/start"}) {
    CAPTURE(item);
    CHECK_FALSE(test.Has(item));
  }
  const WhyState& state = test.window.state().why;
  CHECK(state.words.unit == "forward");
  CHECK(state.words.because ==
        "Without them \xE2\x88\x92"
        "0.25, with them +0.75");
  CHECK_FALSE(state.words.is_danger);
  CHECK(Contains(state.words.objects[0].help, "it changes forward by"));
}

TEST_CASE("another of its numbers is chosen, and checked by itself") {
  WhyWindow test;
  test.world.player.agent = AgentKind::kNamedPolicy;
  test.driver.Click("why/of_actions");
  test.world.explanation =
      ExplanationOnScreen{.moment = ActionsExplained(), .is_of_this_moment = true};
  test.driver.Frames(2);
  test.driver.Click("why/number/1");
  test.driver.Frames(2);
  CHECK(test.window.state().why.number == 1);
  CHECK(test.window.state().why.words.unit == "turn");
  test.driver.Click("why/check");
  REQUIRE(test.log.Last<CheckExplanation>() != nullptr);
  CHECK(test.log.Last<CheckExplanation>()->number == 1);
  test.world.explanation->checked_number = 1;
  test.world.explanation->sanity =
      std::make_shared<agents::SanityReport>(agents::SanityReport{.has_networks = true});
  test.driver.Frames(2);
  CHECK(test.Has("why/passed"));
  test.driver.Click("why/number/0");
  test.driver.Frames(2);
  CHECK_FALSE(test.Has("why/passed"));  // that was of the other number
}

TEST_CASE("of a mean action that is cut off it says so") {
  WhyWindow test;
  test.world.player.agent = AgentKind::kNamedPolicy;
  test.driver.Click("why/of_actions");
  const auto moment = ActionsExplained();
  test.world.explanation = ExplanationOnScreen{.moment = moment, .is_of_this_moment = true};
  test.driver.Frames(2);
  CHECK_FALSE(test.Has("why/cut_off"));
  moment->numbers[0].found.contributions.value = -1.37;
  test.driver.Frames(2);
  CHECK(test.Has("why/cut_off"));
  moment->subject = WhySubject::kExpectations;
  test.driver.Click("why/of_expectations");
  CHECK(test.Has("why/number_shown"));
  CHECK_FALSE(test.Has("why/cut_off"));
}

TEST_CASE("no tooltip lies over what is said of the subject that was chosen") {
  WhyWindow test;
  test.driver.MoveTo(test.driver.MiddleOf("why/of_actions"));
  test.driver.Frames(60);
  CHECK(IsTooltipShown());
  test.driver.Click("why/of_actions");
  test.driver.Frames(60);
  CHECK(test.Has("why/nothing"));
  CHECK_FALSE(IsTooltipShown());
}

TEST_CASE("a robot with many motors has them in a list") {
  WhyWindow test;
  test.world.player.agent = AgentKind::kNewestPolicy;
  test.driver.Click("why/of_actions");
  auto moment = ActionsExplained();
  for (int i = 0; i < 10; ++i) moment->numbers.push_back(moment->numbers[0]);
  test.world.explanation = ExplanationOnScreen{.moment = moment, .is_of_this_moment = true};
  test.driver.Frames(2);
  CHECK(test.Has("why/number"));
  CHECK_FALSE(test.Has("why/number/0"));
}

TEST_CASE("of a script and of a person who drives it says that there is nothing to ask") {
  WhyWindow test;
  test.driver.Click("why/of_expectations");
  for (const AgentKind agent :
       {AgentKind::kRandom, AgentKind::kGoToGoal, AgentKind::kCareful, AgentKind::kHuman}) {
    test.world.player.agent = agent;
    test.driver.Frames(2);
    CHECK(test.Has("why/nothing"));
  }
  test.world.player.agent = AgentKind::kNewestPolicy;
  test.world.explanation = ExplanationOnScreen{.problem = "It has no critics to ask."};
  test.driver.Frames(2);
  CHECK(test.Has("why/problem"));
  // Nor does it need a cost model.
  test.world.fit.model = nullptr;
  test.driver.Frames(2);
  CHECK_FALSE(test.Has("why/nothing"));
}

}  // namespace
}  // namespace lookout::ui
