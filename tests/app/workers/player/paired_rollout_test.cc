#include "app/workers/player/paired_rollout.h"

#include <doctest/doctest.h>

#include <string>

#include "tests/app/workers/player_loop_fixture.h"

namespace lookout::app {
namespace {

using std::chrono::milliseconds;

const ui::SetAgent kRandomAgent{ui::AgentKind::kRandom, {}};
const ui::SetAgent kNewest{ui::AgentKind::kNewestPolicy, {}};
const ui::SetAgent kPerson{ui::AgentKind::kHuman, {}};

struct PairedRolloutFixture : SessionFixture {
  PairedRolloutFixture() { newest_policy.Set(FullAheadOfToy()); }
  // Advances without any time passing on the clock until the run is over.
  void Finish() {
    for (int i = 0; i < 1000 && Shown().paired_rollout; ++i) continue;
    REQUIRE_FALSE(Shown().paired_rollout);
  }
};

TEST_CASE_FIXTURE(PairedRolloutFixture,
                  "two agents start from the same state and play as each would alone") {
  Open();
  Do(ui::PairedRollout{{kRandomAgent, kNewest}, 7});
  Finish();
  REQUIRE(Recorded().played_through().size() == 1);
  CHECK(Recorded().played_through()[0] == std::vector{EpisodeId{2}, EpisodeId{3}});
  const Recordings::Episode first = Recorded().At(2);
  const Recordings::Episode second = Recorded().At(3);
  CHECK(first.finished());
  CHECK(second.finished());
  CHECK(first.scene->header->agent == "Random");
  CHECK(second.scene->header->agent == "Full ahead");
  CHECK(first.scene->header->seed == 7);
  CHECK(SameStep(first.steps[0], second.steps[0]));
  CHECK(first.steps[1].executed_action != second.steps[1].executed_action);

  for (const auto& [agent, together] : {std::pair{kRandomAgent, first}, {kNewest, second}}) {
    Do(agent);
    Do(ui::ResetEpisode{ui::ResetEpisode::Seed::kGiven, 7});
    Do(ui::StepForward{plan->episode_steps});
    CHECK(SameSteps(Recorded().At(Shown().episode.value).steps, together.steps));
  }
  CHECK(Recorded().in_order());
}

TEST_CASE("scripted agents go through PointGoal1 as each would alone") {
  SessionFixture test;
  Result<sim::EnvironmentConfig> config = sim::ConfigForId("Safexp-PointGoal1-v0");
  REQUIRE(config);
  config->num_steps = 120;
  PlayerOptions options;
  options.environment = *config;
  options.playing = false;
  test.Open(std::move(options));
  const ui::SetAgent direct{ui::AgentKind::kGoToGoal, {}};
  const ui::SetAgent careful{ui::AgentKind::kCareful, {}};
  test.Do(ui::PairedRollout{{direct, careful}, 5});
  while (test.Shown().paired_rollout) continue;
  const Recordings::Episode first = test.Recorded().At(2);
  const Recordings::Episode second = test.Recorded().At(3);
  REQUIRE(first.steps.size() == 121);
  CHECK(SameStep(first.steps[0], second.steps[0]));
  CHECK_FALSE(SameStep(first.steps.back(), second.steps.back()));
  for (const auto& [agent, together] : {std::pair{direct, first}, {careful, second}}) {
    test.Do(agent);
    test.Do(ui::ResetEpisode{ui::ResetEpisode::Seed::kGiven, 5});
    test.Do(ui::StepForward{120});
    CHECK(SameSteps(test.Recorded().At(test.Shown().episode.value).steps, together.steps));
  }
}

TEST_CASE_FIXTURE(PairedRolloutFixture, "then the seat is given back and the player pauses") {
  Open();
  Do(ui::PairedRollout{{kRandomAgent, kNewest}, 7});
  CHECK(Shown().agent == ui::AgentKind::kHuman);  // who passes through is not the person's choice
  CHECK(Shown().agent_name == "You");
  Finish();
  CHECK_FALSE(Shown().playing);
  CHECK(Shown().agent == ui::AgentKind::kHuman);
  CHECK(Shown().episode == EpisodeId{3});
  CHECK(session->Advance() == SteadyTime::max());
  CHECK(Notices().empty());
  Do(ui::SetPlaying{true});
  Pass(milliseconds(800));
  CHECK(Shown().episode == EpisodeId{4});
  CHECK(Shown().seed == 8);
}

TEST_CASE_FIXTURE(PairedRolloutFixture, "it works in slices and says how far it is") {
  plan->episode_steps = 1000;
  per_look = std::chrono::microseconds(50);
  Open();
  Do(ui::PairedRollout{{kRandomAgent, kNewest}, 7});
  double before = -0.001;
  int slices = 0;
  for (; session->Advance() != SteadyTime::max(); ++slices) {
    snapshot.Refresh();
    if (!snapshot.value().paired_rollout) break;
    CHECK(*snapshot.value().paired_rollout > before);
    before = *snapshot.value().paired_rollout;
  }
  CHECK(slices > 5);
  CHECK(before > 0.9);
  CHECK(Recorded().At(3).finished());
}

TEST_CASE_FIXTURE(PairedRolloutFixture, "a push meant for what was there before changes nothing") {
  Open();
  Do(ui::PairedRollout{{kNewest}, 7});
  Do(ui::SetPerturbation{{1, {0.5, 0.0, 0.0}, {0.0, 0.0, 0.0}}});
  Do(ui::MoveBody{1, {0.75, 0.0, 0.0}, {1.0, 0.0, 0.0, 0.0}});
  Do(ui::DriveInput{-1.0, 0.0});
  Do(ui::SetPlaying{false});
  Finish();
  const Recordings::Episode disturbed = Recorded().At(2);
  Do(ui::PairedRollout{{kNewest}, 7});
  Finish();
  CHECK(disturbed.finished());
  CHECK(SameSteps(disturbed.steps, Recorded().At(3).steps));
}

TEST_CASE_FIXTURE(PairedRolloutFixture, "who cannot play is refused before anything is lost") {
  Open();
  Do(ui::DriveInput{1.0, 0.0});
  Do(ui::StepForward{3});
  Do(ui::PairedRollout{{kRandomAgent, kPerson}, 7});
  Do(ui::PairedRollout{{kRandomAgent, {ui::AgentKind::kGoToGoal, {}}}, 7});  // a bead has no lidar
  newest_policy.Set(nullptr);
  Do(ui::PairedRollout{{kRandomAgent, kNewest}, 7});
  Do(ui::PairedRollout{});
  const auto notices = Notices();
  REQUIRE(notices.size() == 4);
  CHECK(notices[0].find("person") != std::string::npos);
  CHECK(notices[2].find("no policy in training") != std::string::npos);
  CHECK_FALSE(Shown().paired_rollout);
  CHECK(Shown().episode == EpisodeId{1});
  CHECK(Shown().step == 3);
  Do(ui::StepForward{1});
  CHECK(Recorded().At(1).steps[4].executed_action[0] == 1.0);  // the wheel is where it was
}

TEST_CASE_FIXTURE(PairedRolloutFixture, "a layout that fails is told, and the seat is given back") {
  Open();
  plan->no_layout = true;
  Do(ui::PairedRollout{{kRandomAgent, kNewest}, 7});
  REQUIRE(Notices().size() == 1);
  CHECK_FALSE(Shown().paired_rollout);
  CHECK(Shown().agent == ui::AgentKind::kHuman);
  plan->no_layout = false;
  Do(ui::ResetEpisode{});
  CHECK(Shown().episode == EpisodeId{2});

  per_look = milliseconds(1);
  Do(ui::PairedRollout{{kRandomAgent, kNewest}, 7});
  plan->no_layout = true;
  Finish();
  CHECK(Notices().size() == 1);
  CHECK(Recorded().played_through().empty());
  CHECK(Recorded().At(3).finished());
  CHECK(Shown().agent == ui::AgentKind::kHuman);
  CHECK_FALSE(Shown().playing);
}

TEST_CASE_FIXTURE(PairedRolloutFixture, "a divergence ends that agent's episode, and is told") {
  Open();
  plan->diverge_at_step = 10;
  Do(ui::PairedRollout{{kRandomAgent, kNewest}, 7});
  Finish();
  const auto notices = Notices();
  REQUIRE(notices.size() == 2);
  CHECK(notices[0].find("Random") != std::string::npos);
  CHECK(notices[1].find("Full ahead") != std::string::npos);
  CHECK(Recorded().At(2).steps.size() == 11);
  CHECK(Recorded().played_through().size() == 1);
}

TEST_CASE_FIXTURE(PairedRolloutFixture,
                  "what changes the episode cancels it, what was played stays") {
  per_look = milliseconds(1);
  Open();
  Do(ui::PairedRollout{{kRandomAgent, kNewest}, 7});
  session->Advance();
  const std::size_t played = Recorded().At(2).steps.size();
  CHECK(played > 1);
  Do(ui::ResetEpisode{ui::ResetEpisode::Seed::kGiven, 4});
  CHECK_FALSE(Shown().paired_rollout);
  CHECK(Shown().playing);  // as before
  CHECK(Shown().agent == ui::AgentKind::kHuman);
  CHECK(Shown().seed == 4);
  CHECK(Notices().size() == 1);
  CHECK(Recorded().At(2).steps.size() == played);
  CHECK(Recorded().played_through().empty());

  Do(ui::PairedRollout{{kRandomAgent, kNewest}, 7});
  Do(ui::SetPlaying{false});
  Do(ui::CancelPairedRollout{});
  CHECK_FALSE(Shown().paired_rollout);
  CHECK_FALSE(Shown().playing);
  CHECK(Notices().size() == 1);
  Do(ui::CancelPairedRollout{});  // nothing to cancel
  CHECK(Notices().empty());
}

TEST_CASE_FIXTURE(PairedRolloutFixture, "a failure gives the seat back") {
  Open();
  plan->throw_at_step = 5;
  Do(ui::PairedRollout{{kRandomAgent, kNewest}, 7});
  CHECK_THROWS_AS(Finish(), std::runtime_error);
  session->ReportFailure("the bead fell off");
  plan->throw_at_step = -1;
  session->Open();
  CHECK_FALSE(Shown().paired_rollout);
  CHECK(Shown().agent == ui::AgentKind::kHuman);
}

}  // namespace
}  // namespace lookout::app
