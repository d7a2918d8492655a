// A person's hand in the live episode, and futures that branch off.
#include <doctest/doctest.h>

#include <cmath>
#include <stdexcept>

#include "tests/app/workers/player_loop_fixture.h"
#include "tests/support/step_states.h"

namespace lookout::app {
namespace {

using std::chrono::milliseconds;

TEST_CASE_FIXTURE(SessionFixture, "a hand moves a body while paused and pushes it while running") {
  Open();
  Do(ui::SetPlaying{false});
  Do(ui::MoveBody{1, {0.75, 0.0, 0.0}, {1.0, 0.0, 0.0, 0.0}});
  CHECK(Shown().now.state->qpos[0] == 0.75);
  CHECK(Shown().now.observation[0] == 0.75F);
  CHECK(Shown().step == 0);
  Do(ui::StepForward{1});
  CHECK(std::abs(Shown().now.state->qpos[0] - 0.75) < 0.01);  // went on from there

  Do(ui::SetPerturbation{{1, {0.5, 0.0, 0.0}, {0.0, 0.0, 0.0}}});
  Do(ui::StepForward{4});
  CHECK(Shown().now.state->qvel[0] > 1.9);
  Do(ui::SetPlaying{true});
  Do(ui::MoveBody{1, {0.0, 0.0, 0.0}, {1.0, 0.0, 0.0, 0.0}});
  CHECK(Shown().now.state->qpos[0] > 0.5);  // running: a body is pushed, not placed
}

TEST_CASE_FIXTURE(SessionFixture, "a branch is a new episode with the same future") {
  Open();
  Do(ui::DriveInput{0.5, 0.0});
  Do(ui::StepForward{30});
  const Recordings::Episode parent = Recorded().At(1);
  Do(ui::ResetEpisode{ui::ResetEpisode::Seed::kNext, 0});
  Do(ui::BranchFrom{parent.scene->header, 10,
                    std::make_shared<const sim::StepRecord>(parent.steps[10])});
  Do(ui::DriveInput{0.5, 0.0});
  Do(ui::StepForward{20});
  const Recordings::Episode& branch = Recorded().At(3);
  CHECK(branch.scene->header->branched_from == EpisodeId{1});
  CHECK(branch.scene->header->branched_at == 10);
  CHECK(branch.scene->header->seed == 0);
  REQUIRE(branch.steps.size() == 21);
  CHECK(branch.steps[0].state->qpos == parent.steps[10].state->qpos);
  CHECK(branch.steps[0].reward == 0.0F);
  CHECK(branch.steps[0].executed_action.size() == 0);
  for (std::size_t i = 1; i <= 20; ++i) CHECK(SameStep(branch.steps[i], parent.steps[10 + i]));
}

TEST_CASE_FIXTURE(SessionFixture,
                  "a branch from nowhere, from an end or from elsewhere is refused") {
  plan->episode_steps = 3;
  Open();
  Do(ui::StepForward{3});
  const Recordings::Episode parent = Recorded().At(1);
  Do(ui::BranchFrom{});
  Do(ui::BranchFrom{parent.scene->header, 3,
                    std::make_shared<const sim::StepRecord>(parent.steps[3])});
  sim::StepRecord foreign = parent.steps[1];
  test::ChangeState(foreign, [](sim::SimState& state) { state.qpos.setZero(9); });
  Do(ui::BranchFrom{parent.scene->header, 1, std::make_shared<const sim::StepRecord>(foreign)});
  CHECK(Notices().size() == 3);
  CHECK(Shown().episode == EpisodeId{1});
}

TEST_CASE_FIXTURE(SessionFixture,
                  "a failure keeps the last good frame, and the next try plays on") {
  Open();
  Do(ui::StepForward{4});
  const sim::StepRecord last_good = Shown().now;
  plan->throw_at_step = 5;
  CHECK_THROWS_AS(Do(ui::StepForward{1}), std::runtime_error);
  session->ReportFailure("the bead fell off");
  snapshot.Refresh();
  CHECK(snapshot.value().failure == "the bead fell off");
  CHECK_FALSE(snapshot.value().playing);
  CHECK(snapshot.value().now.state->qpos == last_good.state->qpos);
  plan->throw_at_step = -1;
  session->Open();
  CHECK(Shown().failure.empty());
  CHECK(Shown().episode == EpisodeId{2});
  CHECK(Shown().seed == 0);
}

}  // namespace
}  // namespace lookout::app
