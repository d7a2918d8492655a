// What a training run leaves behind, and what later runs take up from it.
#include <doctest/doctest.h>

#include <algorithm>

#include "agents/rl/runs/kept_policies.h"
#include "tests/app/workers/trainer_support.h"

namespace lookout::app {
namespace {

TEST_CASE("some forty policies are kept, however long the run") {
  for (const std::int64_t iterations : {1, 7, 40, 41, 333, 3333}) {
    agents::TrainingSettings settings;
    settings.total_steps = iterations * settings.steps_per_iteration;
    int kept = 0;
    for (int i = 1; i <= iterations; ++i) kept += agents::KeepsPolicy(settings, i) ? 1 : 0;
    CAPTURE(iterations);
    CHECK(agents::KeepsPolicy(settings, 1));
    CHECK(kept >= std::min<std::int64_t>(iterations, 20));
    CHECK(kept <= 41);
  }
}

TEST_CASE_FIXTURE(Gymnasium, "policies are kept along the way, evenly and the first one too") {
  plan->last_iteration = 100;
  Open();
  trainer->Send(ui::StartTraining{"toy",
                                  {.cost_source = agents::CostSource::kNone,
                                   .total_steps = 10'000,
                                   .steps_per_iteration = 100}});
  REQUIRE(Reaches(TrainingState::kDone));
  const auto kept = Said<PolicyMade>();
  REQUIRE(kept.size() == 34);
  CHECK(kept[0].iteration == 1);
  CHECK(kept[1].iteration == 3);
  CHECK(kept[1].bytes == "policy of 3");
  CHECK(kept.back().iteration == 99);
  CHECK(Shown().kept_policies.size() == 34);
  CHECK(Shown().kept_policies.back() == 99);
}

// A trainer with a run of an earlier session: nine iterations, of which seven are done.
struct EarlierRun : Gymnasium {
  ui::RunTrack run{.id = RunId{4},
                   .environment = "toy",
                   .settings = {.cost_source = agents::CostSource::kNone},
                   .kept_policies = {1, 5, 7}};

  EarlierRun() {
    auto history = std::make_shared<std::vector<agents::IterationReport>>();
    for (int i = 1; i <= 7; ++i) history->push_back({.iteration = i, .steps = 100 * i});
    run.history = std::move(history);
    plan->last_iteration = 9;
    TrainerOptions options = Options();
    options.next_run = RunId{20};
    Open(std::move(options));
  }
};

TEST_CASE_FIXTURE(EarlierRun, "a run goes on from its checkpoint, doing again what came after") {
  trainer->Send(ui::ContinueRun{{run, "6"}});
  REQUIRE(Reaches(TrainingState::kDone));
  CHECK(Shown().run == RunId{4});
  REQUIRE(Iterations() == 9);
  CHECK((*Shown().history)[6].iteration == 7);
  CHECK(Said<IterationDone>().size() == 3);
  CHECK(Said<RunStarted>().empty());
  // The seventh iteration was done again, and does not keep its policy; the ninth does.
  CHECK(Shown().kept_policies == std::vector{1, 5, 9});
  Start();
  REQUIRE(Eventually([&] { return !Said<RunStarted>().empty(); }));
  CHECK(Said<RunStarted>()[0].run.id == RunId{20});
}

TEST_CASE_FIXTURE(EarlierRun, "where an earlier run cannot go on, the one before stays") {
  Start();
  REQUIRE(Reaches(TrainingState::kDone));
  run.environment = "nowhere";
  trainer->Send(ui::ContinueRun{{run, "6"}});
  REQUIRE(Eventually([&] { return !Shown().failure.empty(); }));
  CHECK(Shown().state == TrainingState::kDone);
  CHECK(Shown().run == RunId{20});
  CHECK(Iterations() == 9);
}

TEST_CASE_FIXTURE(EarlierRun, "no earlier run goes on while another is in training") {
  plan->steps_per_iteration = kEndless;
  Start();
  REQUIRE(Reaches(TrainingState::kRunning));
  trainer->Send(ui::ContinueRun{{run, "6"}});
  std::vector<WorkerNotice> told;
  REQUIRE(Eventually([&] { return notices.Take(told); }));
  CHECK(told[0].text.find("stop it before resuming") != std::string::npos);
  CHECK(Shown().run == RunId{20});
}

TEST_CASE_FIXTURE(Gymnasium, "a run of an earlier session is shown and can be resumed") {
  TrainerOptions options = Options();
  options.next_run = RunId{8};
  options.previous = {
      {.id = RunId{7},
       .environment = "toy",
       .history = std::make_shared<std::vector<agents::IterationReport>>(
           std::vector<agents::IterationReport>{{.iteration = 1}, {.iteration = 2}})},
      "2"};
  Open(std::move(options));
  REQUIRE(Eventually([&] { return Shown().run == RunId{7}; }));
  CHECK(Shown().state == TrainingState::kIdle);
  CHECK(Iterations() == 2);
  std::vector<WorkerNotice> told;
  CHECK(notices.Take(told));  // its checkpoint is no policy file
  trainer->Send(ui::ResumeTraining{});
  REQUIRE(Does(3));
  CHECK((*Shown().history)[2].iteration == 3);
}

TEST_CASE_FIXTURE(Gymnasium, "a run can start from a shipped policy, and says why it cannot") {
  TrainerOptions options = Options();
  options.read_policy = [](const std::string& name) -> Result<std::string> {
    if (name == "missing") return BadInput("There is no policy missing.");
    return "bytes of a " + name;
  };
  Open(std::move(options));
  for (const char* refused : {"missing", "sandwich"}) {
    trainer->Send(ui::StartTraining{
        "toy", {.cost_source = agents::CostSource::kNone, .start_from = refused}});
    REQUIRE(Eventually([&] { return !Shown().failure.empty(); }));
    CHECK(Shown().state == TrainingState::kIdle);
  }
  CHECK_FALSE(plan->started_from_policy);
  trainer->Send(
      ui::StartTraining{"toy", {.cost_source = agents::CostSource::kNone, .start_from = "policy"}});
  REQUIRE(Does(1));
  CHECK(plan->started_from_policy);
}

}  // namespace
}  // namespace lookout::app
