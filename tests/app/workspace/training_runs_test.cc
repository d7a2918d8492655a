#include "app/workspace/training_runs.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "tests/app/workspace/window_controller_support.h"

namespace lookout::app {
namespace {

struct WithRuns : Watching {
  WithRuns() {
    auto history = std::make_shared<std::vector<agents::IterationReport>>();
    for (int i = 1; i <= 8; ++i) history->push_back({.iteration = i});
    session.AddStoredRun({.id = RunId{2}, .environment = "Safexp-CarGoal1-v0", .history = history});
    Frame();
  }
  // What the player was sent to watch, as the file of a run came.
  ui::WatchIn Watched(const LoadRun& request, std::string bytes) {
    workers.player_commands.clear();
    session.OnRunLoaded(request, std::move(bytes));
    Frame();
    REQUIRE(workers.player_commands.size() == 1);
    return std::get<ui::WatchIn>(workers.player_commands[0]);
  }
};

TEST_CASE("watching a run's policy fetches it and takes it to its environment") {
  WithRuns test;
  test.Do(ui::Seek{EpisodeId{1}, 3});
  test.Do(ui::WatchRun{RunId{2}, 5});
  const auto& asked = std::get<LoadRun>(test.workers.write_requests.back());
  CHECK(asked.iteration == 5);
  const ui::WatchIn watch = test.Watched(asked, "bytes");
  CHECK(watch.environment == "Safexp-CarGoal1-v0");
  CHECK(watch.agent.kind == ui::AgentKind::kNamedPolicy);
  CHECK(watch.agent.policy == "Run 2, iteration 5: PPO");
  CHECK(*test.workers.policies.Find(watch.agent.policy) == "bytes");
  CHECK(test.session.playhead().live);
  CHECK(test.Watched({RunId{2}, 0, RunUse::kWatch}, "newest").agent.policy ==
        "Run 2, iteration 8: PPO");
}

TEST_CASE("who watches a policy has given the wheel back") {
  WithRuns test;
  test.Do(ui::PlayerCommand{ui::SetAgent{ui::AgentKind::kHuman, {}}});
  REQUIRE(test.View().mode == ui::InputMode::kDrive);
  (void)test.Watched({RunId{2}, 5, RunUse::kWatch}, "bytes");
  CHECK(test.View().mode == ui::InputMode::kView);
}

TEST_CASE("resuming a run hands it to the trainer with its history and checkpoint") {
  WithRuns test;
  test.Do(ui::ResumeRun{RunId{2}});
  test.session.OnRunLoaded(std::get<LoadRun>(test.workers.write_requests.back()), "checkpoint");
  REQUIRE(test.workers.trainer_commands.size() == 1);
  const auto& sent = std::get<ui::ContinueRun>(test.workers.trainer_commands[0]);
  CHECK(sent.run.run.id == RunId{2});
  CHECK(sent.run.run.iterations() == 8);
  CHECK(sent.run.checkpoint == "checkpoint");
}

TEST_CASE("the run in training joins the list and grows with its reports") {
  WithRuns test;
  test.workers.training.run = RunId{3};
  test.workers.training.environment = "Safexp-PointGoal1-v0";
  test.Frame();
  REQUIRE(test.View().runs.runs().size() == 2);
  CHECK(test.View().runs.runs()[0].iterations() == 0);
  const std::int64_t version = test.View().runs.version();
  test.workers.training.history = std::make_shared<std::vector<agents::IterationReport>>(4);
  test.Frame();
  CHECK(test.View().runs.Find(RunId{3})->iterations() == 4);
  CHECK(test.View().runs.version() > version);
  test.workers.training.kept_policies = {1, 4};
  test.Frame();
  CHECK(test.View().runs.Find(RunId{3})->kept_policies == std::vector{1, 4});
  const std::int64_t settled = test.View().runs.version();
  test.Frame();
  CHECK(test.View().runs.version() == settled);
}

TEST_CASE("a run of a folder keeps its place when it is opened again, and its policy is watched") {
  WithRuns test;
  test.session.AddOpenedRun({.environment = "Safexp-PointGoal1-v0", .folder = "/a"});
  test.session.AddOpenedRun({.environment = "Safexp-PointGoal1-v0", .folder = "/b"});
  test.session.AddOpenedRun({.environment = "Safexp-PointGoal1-v0", .folder = "/a", .policy = "a"});
  REQUIRE(test.session.runs().store().runs().size() == 3);
  const auto& runs = test.session.runs().store().runs();
  const auto run = std::ranges::find(runs, "/a", &ui::RunTrack::folder);
  REQUIRE(run != runs.end());
  CHECK(run->id < RunId{});
  test.workers.player_commands.clear();
  test.Do(ui::WatchRun{run->id, 0});
  test.Frame();
  REQUIRE(test.workers.player_commands.size() == 1);
  CHECK(std::get<ui::WatchIn>(test.workers.player_commands[0]).agent.policy == "a");
}

TEST_CASE("a finished run is handed on with the steps that it is to have more") {
  WithRuns test;
  test.Do(ui::ResumeRun{RunId{2}, 5000});
  test.session.OnRunLoaded(std::get<LoadRun>(test.workers.write_requests.back()), "checkpoint");
  REQUIRE(test.workers.trainer_commands.size() == 1);
  CHECK(std::get<ui::ContinueRun>(test.workers.trainer_commands[0]).run.more_steps == 5000);
}

TEST_CASE("the policy of a stored run is found by the name that it has among the agents") {
  const WithRuns test;
  const auto found = test.session.runs().FindPolicy("Run 2, iteration 8: PPO");
  REQUIRE(found);
  CHECK(found->run == RunId{2});
  CHECK_FALSE(test.session.runs().FindPolicy("Run 9, iteration 1: PPO"));
}

}  // namespace
}  // namespace lookout::app
