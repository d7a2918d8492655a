// The player's thread, on Safety Gym's own PointGoal1 where it says so.
#include "app/workers/player/player.h"

#include <doctest/doctest.h>

#include "tests/app/workers/toy_world.h"
#include "tests/app/workers/worker_support.h"

namespace lookout::app {
namespace {

struct Stage {
  CostModelRegistry cost_models;
  PublishedPtr<TrainedPolicy> newest_policy;
  NoticeBoard notices;

  Player::Links links() { return {cost_models, newest_policy, notices}; }
};

// PointGoal1, cut short so that tests are quick.
PlayerOptions PointGoal(int steps, ui::AgentKind agent, double speed) {
  Result<sim::EnvironmentConfig> config = sim::ConfigForId("Safexp-PointGoal1-v0");
  REQUIRE(config);
  config->num_steps = steps;
  PlayerOptions options;
  options.environment = *config;
  options.agent = {agent, {}};
  options.speed = speed;
  options.seed = 3;
  return options;
}

Recordings::Episode FirstEpisode(PlayerOptions options) {
  Stage stage;
  Player player(std::move(options), stage.links());
  Recordings recordings;
  REQUIRE(Eventually([&] {
    recordings.Take(player.events());
    return recordings.Finished(1);
  }));
  CHECK(recordings.in_order());
  return recordings.At(1);
}

TEST_CASE("the same seed gives the same recording at whatever speed") {
  const auto fast = FirstEpisode(PointGoal(60, ui::AgentKind::kRandom, ui::kUnlimitedSpeed));
  const auto paced = FirstEpisode(PointGoal(60, ui::AgentKind::kRandom, 16.0));
  const auto slower = FirstEpisode(PointGoal(60, ui::AgentKind::kRandom, 4.0));
  CHECK(fast.steps.size() == 61);
  CHECK(SameSteps(fast.steps, paced.steps));
  CHECK(SameSteps(fast.steps, slower.steps));
}

TEST_CASE(
    "a branch of a PointGoal1 episode has the same future for the same actions, bit for bit") {
  Stage stage;
  PlayerOptions options = PointGoal(1000, ui::AgentKind::kHuman, 1.0);
  options.playing = false;
  Player player(options, stage.links());
  player.Send(ui::DriveInput{0.7, -0.4});
  player.Send(ui::StepForward{80});
  Recordings recordings;
  const auto wait_for = [&](std::int64_t episode, std::size_t steps) {
    return Eventually([&] {
      recordings.Take(player.events());
      return recordings.Has(episode, steps);
    });
  };
  REQUIRE(wait_for(1, 81));
  const Recordings::Episode parent = recordings.At(1);
  player.Send(ui::BranchFrom{parent.scene->header, 37,
                             std::make_shared<const sim::StepRecord>(parent.steps[37])});
  player.Send(ui::DriveInput{0.7, -0.4});
  player.Send(ui::StepForward{43});
  REQUIRE(wait_for(2, 44));
  const Recordings::Episode& branch = recordings.At(2);
  CHECK(branch.scene->header->branched_from == EpisodeId{1});
  CHECK(branch.scene->model != nullptr);
  for (std::size_t i = 1; i <= 43; ++i) {
    CHECK_MESSAGE(SameStep(branch.steps[i], parent.steps[37 + i]), "step " << i);
  }
}

TEST_CASE("at unlimited speed nothing is lost, and the live frame is always whole") {
  Stage stage;
  Player player(PointGoal(100, ui::AgentKind::kRandom, ui::kUnlimitedSpeed), stage.links());
  Recordings recordings;
  bool whole = true;
  REQUIRE(Eventually([&] {
    if (player.snapshot().Refresh()) {
      const ui::PlayerSnapshot& shown = player.snapshot().value();
      recordings.Take(player.events());
      whole =
          whole && shown.now.state->qpos.size() > 0 && shown.now.state->qpos.allFinite() &&
          shown.now.observation.allFinite() &&
          recordings.Has(shown.episode.value, static_cast<std::size_t>(shown.step + 1)) &&
          SameStep(recordings.At(shown.episode.value).steps[static_cast<std::size_t>(shown.step)],
                   shown.now);
    }
    return recordings.Finished(5);
  }));
  CHECK(whole);
  CHECK(recordings.in_order());
  for (std::int64_t id = 1; id <= 5; ++id) CHECK(recordings.At(id).steps.size() == 101);
}

TEST_CASE("a failure is said, and any command brings the player back") {
  Stage stage;
  const auto plan = std::make_shared<ToyPlan>();
  plan->throw_at_step = 8;
  PlayerOptions options;
  options.environment = "toy";
  options.agent = {ui::AgentKind::kRandom, {}};
  options.factory = ToyEnvironmentFactory(plan);
  options.speed = 16.0;
  Player player(options, stage.links());
  const auto failed = [&] {
    player.snapshot().Refresh();
    return player.snapshot().value().failure == "the bead fell off";
  };
  REQUIRE(Eventually(failed));
  CHECK(player.snapshot().value().step == 7);
  CHECK(player.snapshot().value().now.state->qpos.allFinite());
  plan->throw_at_step = -1;
  player.Send(ui::SetPlaying{true});
  CHECK(Eventually([&] {
    player.snapshot().Refresh();
    return player.snapshot().value().failure.empty() && player.snapshot().value().step > 10;
  }));
}

TEST_CASE("the player ends when asked, playing or paused") {
  for (const bool playing : {true, false}) {
    Stage stage;
    PlayerOptions options = PointGoal(1000, ui::AgentKind::kRandom, ui::kUnlimitedSpeed);
    options.playing = playing;
    Player player(options, stage.links());
    REQUIRE(Eventually([&] { return player.snapshot().Refresh(); }));
    player.Join();
    player.snapshot().Refresh();
    const std::int64_t step = player.snapshot().value().step;
    player.Send(ui::StepForward{1});
    CHECK_FALSE(player.snapshot().Refresh());
    CHECK(player.snapshot().value().step == step);
  }
}

TEST_CASE("commands from the window and steps from the player cross without loss") {
  Stage stage;
  const auto plan = std::make_shared<ToyPlan>();
  PlayerOptions options;
  options.environment = "toy";
  options.agent = {ui::AgentKind::kHuman, {}};
  options.factory = ToyEnvironmentFactory(plan);
  options.speed = ui::kUnlimitedSpeed;
  Player player(options, stage.links());
  Recordings recordings;
  for (int i = 0; i < 300; ++i) {
    player.Send(ui::DriveInput{i % 2 == 0 ? 1.0 : -1.0, 0.0});
    if (i % 10 == 0) player.Send(ui::ResetEpisode{ui::ResetEpisode::Seed::kNext, 0});
    if (i % 7 == 0) player.Send(ui::SetPlaying{i % 2 == 0});
    stage.cost_models.Add(std::make_shared<KnownCostModel>(i + 1, 4));
    player.snapshot().Refresh();
    recordings.Take(player.events());
  }
  CHECK(Eventually([&] {
    recordings.Take(player.events());
    return recordings.episodes().size() >= 31;
  }));
  player.Join();
  recordings.Take(player.events());
  CHECK(recordings.in_order());
}

}  // namespace
}  // namespace lookout::app
