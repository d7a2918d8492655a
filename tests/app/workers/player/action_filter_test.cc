// What reviews the actions of the live episode, on the toy world.
#include <doctest/doctest.h>

#include <memory>
#include <utility>

#include "tests/app/workers/player_loop_fixture.h"
#include "tests/support/action_filters.h"

namespace lookout::app {
namespace {

struct FilterFixture : SessionFixture {
  std::shared_ptr<test::ScriptedFilter> filter = std::make_shared<test::ScriptedFilter>();

  void OpenWith(std::shared_ptr<agents::ActionFilter> reviewing) {
    PlayerOptions options = Options();
    options.playing = false;
    options.agent = {ui::AgentKind::kRandom, {}};
    options.filter = std::move(reviewing);
    Open(std::move(options));
  }
  // The steps of the first episode, played by the random agent.
  std::vector<sim::StepRecord> Steps(int count) {
    Do(ui::StepForward{count});
    Shown();
    return Recorded().At(1).steps;
  }
};

TEST_CASE_FIXTURE(FilterFixture, "an action that is replaced is recorded with its source") {
  filter->replace[3] = Eigen::Vector2d(0.25, -7.0);
  OpenWith(filter);
  const std::vector<sim::StepRecord> steps = Steps(6);
  REQUIRE(steps.size() == 7);
  for (std::size_t i = 1; i < steps.size(); ++i) {
    const sim::StepRecord& step = steps[i];
    CHECK(step.Proposed() == filter->asked[i - 1].proposed.cast<float>());
    if (i == 4) {
      CHECK(step.executed_action == Eigen::Vector2d(0.25, -1.0));
      CHECK(step.source == sim::ActionSource::kOverseer);
    } else {
      CHECK(step.executed_action == filter->asked[i - 1].proposed);
      CHECK(step.source == sim::ActionSource::kAgent);
    }
  }
}

TEST_CASE_FIXTURE(FilterFixture, "an episode that is ended rests at its last good state") {
  filter->end_at = 5;
  OpenWith(filter);
  const std::vector<sim::StepRecord> steps = Steps(6);
  REQUIRE(steps.size() == 7);
  CHECK(steps[6].status == sim::EpisodeStatus::kTimedOut);
  CHECK(steps[6].state->qpos == steps[5].state->qpos);
  CHECK(steps[6].source == sim::ActionSource::kOverseer);
  CHECK(steps[6].reward == 0.0F);
  const auto notices = Notices();
  REQUIRE(notices.size() == 1);
  CHECK(notices[0] == "The episode was ended: too close to a pillar");
  Do(ui::ResetEpisode{ui::ResetEpisode::Seed::kNext, 0});
  CHECK(Shown().episode == EpisodeId{2});
  CHECK(filter->episodes == 2);
}

TEST_CASE_FIXTURE(FilterFixture, "a filter that lets everything pass changes nothing") {
  OpenWith(filter);
  const std::vector<sim::StepRecord> reviewed = Steps(30);
  FilterFixture plain;
  plain.OpenWith(nullptr);
  CHECK(SameSteps(plain.Steps(30), reviewed));
  CHECK(filter->asked.size() == 30);
}

TEST_CASE_FIXTURE(FilterFixture, "a held action is reviewed each step, who takes over is asked") {
  OpenWith(filter);  // the random agent holds an action for ten steps
  Steps(4);
  CHECK(filter->asked[3].held_steps == 3);
  CHECK(filter->asked[3].proposed == filter->asked[0].proposed);
  Do(ui::SetAgent{ui::AgentKind::kRandom, {}});
  Do(ui::StepForward{1});
  Shown();
  CHECK(filter->asked[4].held_steps == 0);
  CHECK(filter->asked[4].proposed != filter->asked[0].proposed);
  CHECK(filter->asked[4].step == 4);
}

}  // namespace
}  // namespace lookout::app
