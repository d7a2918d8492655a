// Two futures of a recorded step: a person's drive first, and whoever acts at once.
#include <doctest/doctest.h>

#include <memory>
#include <string>

#include "tests/app/workers/player_loop_fixture.h"

namespace lookout::app {
namespace {

using sim::ActionSource;

// An agent has played 40 steps of episode 1.
struct FuturesFixture : SessionFixture {
  FuturesFixture() {
    plan->episode_steps = 200;
    newest_policy.Set(FullAheadOfToy());
    PlayerOptions options = Options();
    options.agent = {ui::AgentKind::kNewestPolicy, {}};
    Open(std::move(options));
    Do(ui::StepForward{40});
  }
  ui::TryDrive At(std::size_t step) {
    const Recordings::Episode parent = Recorded().At(1);
    return {.from = {parent.scene->header, static_cast<StepIndex>(step),
                     std::make_shared<const sim::StepRecord>(parent.steps[step])},
            .drive = {.forward = -1.0}};
  }
  void Finish() {
    for (int i = 0; i < 1000 && Shown().paired_rollout; ++i) continue;
    REQUIRE_FALSE(Shown().paired_rollout);
  }
};

TEST_CASE_FIXTURE(FuturesFixture, "one begins with the person's drive, the other with the agent") {
  Do(At(10));
  CHECK(Shown().agent == ui::AgentKind::kNewestPolicy);  // who passes through is no choice
  Finish();
  REQUIRE(Recorded().played_through().size() == 1);
  CHECK(Recorded().played_through()[0] == std::vector{EpisodeId{2}, EpisodeId{3}});
  const Recordings::Episode parent = Recorded().At(1);
  const Recordings::Episode persons = Recorded().At(2);
  const Recordings::Episode agents = Recorded().At(3);
  for (const Recordings::Episode* future : {&persons, &agents}) {
    REQUIRE(future->steps.size() == 51);
    CHECK(future->scene->header->branched_from == EpisodeId{1});
    CHECK(future->scene->header->branched_at == 10);
    CHECK(future->steps[0].state->qpos == parent.steps[10].state->qpos);
  }
  for (std::size_t i = 1; i <= 50; ++i) {
    CAPTURE(i);
    CHECK((persons.steps[i].source == ActionSource::kHuman) == (i <= 10));
    CHECK((persons.steps[i].executed_action[0] < 0.0) == (i <= 10));
    CHECK(agents.steps[i].source == ActionSource::kAgent);
    if (i <= 30) CHECK(SameStep(agents.steps[i], parent.steps[10 + i]));
  }
  CHECK(persons.scene->header->agent == "You");
  CHECK(agents.scene->header->agent == "Full ahead");
  // Then the player rests, and the agent has its seat.
  CHECK_FALSE(Shown().playing);
  CHECK(Shown().agent == ui::AgentKind::kNewestPolicy);
  CHECK(Notices().empty());
  Do(ui::StepForward{1});
  CHECK(Recorded().At(3).steps.back().source == ActionSource::kAgent);
}

TEST_CASE_FIXTURE(FuturesFixture, "an episode's end ends its futures") {
  plan->episode_steps = 45;
  Do(ui::ResetEpisode{});
  Do(ui::StepForward{40});
  const Recordings::Episode parent = Recorded().At(2);
  Do(ui::TryDrive{
      .from = {parent.scene->header, 40, std::make_shared<const sim::StepRecord>(parent.steps[40])},
      .drive = {.forward = -1.0}});
  Finish();
  CHECK(Recorded().At(3).finished());
  CHECK(Recorded().At(3).steps.size() == Recorded().At(4).steps.size());
  CHECK(Recorded().At(4).steps.size() < 51);
  CHECK(Recorded().played_through().size() == 1);
}

TEST_CASE_FIXTURE(FuturesFixture, "keys that are held meanwhile change nothing") {
  per_look = std::chrono::milliseconds(1);
  Do(At(10));
  session->Advance();
  Do(ui::DriveInput{1.0, 0.0});
  Finish();
  for (std::size_t i = 1; i <= 10; ++i) CHECK(Recorded().At(2).steps[i].executed_action[0] < 0.0);
}

TEST_CASE_FIXTURE(FuturesFixture, "it can be given up, and what was played stays") {
  per_look = std::chrono::milliseconds(1);
  Do(At(10));
  session->Advance();
  Do(ui::CancelPairedRollout{});
  CHECK_FALSE(Shown().paired_rollout);
  CHECK(Shown().agent == ui::AgentKind::kNewestPolicy);
  CHECK(Recorded().played_through().empty());
  CHECK(Recorded().At(2).steps.size() > 1);
}

TEST_CASE_FIXTURE(FuturesFixture, "a person at the wheel and a moment that is none are refused") {
  ui::TryDrive nowhere = At(10);
  nowhere.from.record = nullptr;
  Do(nowhere);
  Do(ui::SetAgent{ui::AgentKind::kHuman, {}});
  Do(At(10));
  const auto notices = Notices();
  REQUIRE(notices.size() == 2);
  CHECK(notices[1].find("wheel") != std::string::npos);
  CHECK_FALSE(Shown().paired_rollout);
  CHECK(Shown().episode == EpisodeId{1});
  CHECK(Shown().step == 40);
}

}  // namespace
}  // namespace lookout::app
