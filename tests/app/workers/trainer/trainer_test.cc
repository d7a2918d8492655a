#include "app/workers/trainer/trainer.h"

#include <doctest/doctest.h>
#include <sys/resource.h>

#include <algorithm>

#include "tests/app/workers/trainer_support.h"

namespace lookout::app {
namespace {

TEST_CASE_FIXTURE(Gymnasium,
                  "a run reports, publishes its policy and checkpoints every iteration") {
  plan->last_iteration = 3;
  TrainerOptions options = Options();
  options.next_run = RunId{12};
  Open(std::move(options));
  CHECK(Shown().state == TrainingState::kIdle);
  Start();
  REQUIRE(Reaches(TrainingState::kDone));
  REQUIRE(Iterations() == 3);
  CHECK(Shown().run == RunId{12});
  CHECK(Shown().steps_per_second == doctest::Approx(100.0));
  CHECK(newest_policy.Get()->origin.environment_id == "toy");
  CHECK(newest_policy.Get()->origin.signature.observation_dim() == 4);
  REQUIRE(Said<RunStarted>().size() == 1);
  CHECK(Said<RunStarted>()[0].run.id == RunId{12});
  CHECK(Said<IterationDone>().size() == 3);
  REQUIRE(Said<CheckpointMade>().size() == 3);
  CHECK(Said<CheckpointMade>()[2].bytes == "3");
}

TEST_CASE_FIXTURE(Gymnasium,
                  "while a run starts, what was asked for is shown, not the run before") {
  plan->last_iteration = 2;
  ui::TrainingSnapshot starting;
  TrainerOptions options = Options();
  options.make_run = [this, &starting, make = options.make_run](
                         const agents::TrainingSettings& settings,
                         const agents::EnvironmentMaker& environment,
                         const agents::ActionFilterMaker& overseers) {
    if (settings.total_steps == 777) starting = Shown();
    return make(settings, environment, overseers);
  };
  Open(std::move(options));
  Start();
  REQUIRE(Reaches(TrainingState::kDone));
  ui::StartTraining second{"toy", {.cost_source = agents::CostSource::kNone}};
  second.settings.total_steps = 777;
  trainer->Send(second);
  REQUIRE(Eventually([&] { return Said<RunStarted>().size() == 2; }));
  CHECK(starting.state == TrainingState::kStarting);
  CHECK(starting.settings.total_steps == 777);
  CHECK_FALSE(starting.run);
  REQUIRE(starting.history != nullptr);
  CHECK(starting.history->empty());
}

TEST_CASE_FIXTURE(Gymnasium, "a pause waits for the end of the iteration, resuming goes on") {
  plan->steps_per_iteration = kEndless;
  Open();
  Start();
  REQUIRE(Reaches(TrainingState::kRunning));
  trainer->Send(ui::PauseTraining{});
  REQUIRE(Eventually([&] { return Shown().pausing; }));
  CHECK(Shown().state == TrainingState::kRunning);
  plan->steps_per_iteration = 1;
  REQUIRE(Reaches(TrainingState::kPaused));
  CHECK_FALSE(Shown().pausing);
  CHECK(Iterations() == 1);
  for (int i = 0; i < 5; ++i) {  // it answers without going on
    Start();
    std::vector<WorkerNotice> told;
    REQUIRE(Eventually([&] { return notices.Take(told); }));
    Shown();
    CHECK(Iterations() == 1);
  }
  trainer->Send(ui::ResumeTraining{});
  CHECK(Does(3));
}

TEST_CASE_FIXTURE(Gymnasium, "a stop abandons the iteration at once, resuming does it again") {
  plan->steps_per_iteration = 4;
  Open();
  Start();
  REQUIRE(Does(2));
  plan->steps_per_iteration = kEndless;
  trainer->Send(ui::StopTraining{});
  REQUIRE(Reaches(TrainingState::kIdle));  // long before the iteration's end
  CHECK(Shown().resumable);
  const std::size_t stopped_at = Iterations();
  plan->steps_per_iteration = 1;
  trainer->Send(ui::ResumeTraining{});
  REQUIRE(Does(stopped_at + 1));
  trainer->Send(ui::StopTraining{});
  REQUIRE(Reaches(TrainingState::kIdle));
  for (std::size_t i = 0; i < Iterations(); ++i) {
    CHECK((*Shown().history)[i].iteration == static_cast<int>(i) + 1);
  }
  CHECK(Said<RunStarted>().size() == 1);
}

TEST_CASE_FIXTURE(Gymnasium, "a newer cost model is adopted between iterations only") {
  plan->steps_per_iteration = kEndless;
  cost_models.Add(std::make_shared<KnownCostModel>(1, 4));
  Open();
  Start(agents::CostSource::kLearned);
  REQUIRE(Eventually([&] { return Shown().iteration_fraction > 0.0; }));
  cost_models.Add(std::make_shared<KnownCostModel>(2, 4));
  plan->steps_per_iteration = 1;
  REQUIRE(Does(2));
  CHECK(plan->model_of_iteration[1] == 1);
  CHECK(plan->model_of_iteration[2] == 2);
}

TEST_CASE_FIXTURE(Gymnasium, "a newer cost model for other observations is left aside") {
  cost_models.Add(std::make_shared<KnownCostModel>(1, 4));
  Open();
  Start(agents::CostSource::kLearned);
  REQUIRE(Does(1));
  cost_models.Add(std::make_shared<KnownCostModel>(2, 60));
  REQUIRE(Does(Iterations() + 3));
  std::vector<WorkerNotice> told;
  notices.Take(told);
  CHECK(told.empty());
  CHECK(plan->model_of_iteration[3] == 1);
  CHECK(Shown().state == TrainingState::kRunning);
}

TEST_CASE_FIXTURE(Gymnasium, "training on a learned cost is refused while there is none") {
  Open();
  Start(agents::CostSource::kLearned);
  REQUIRE(Eventually([&] { return !Shown().failure.empty(); }));
  CHECK(Shown().state == TrainingState::kIdle);
  CHECK(Shown().failure.find("no cost model") != std::string::npos);
  Start(agents::CostSource::kNone, "nowhere");
  REQUIRE(Eventually([&] { return Shown().failure.find("nowhere") != std::string::npos; }));
  // One of other observations is none.
  cost_models.Add(
      std::make_shared<KnownCostModel>(1, 4, sim::ObservationSignature({{"elsewhere", 4}})));
  Start(agents::CostSource::kLearned);
  REQUIRE(Eventually(
      [&] { return Shown().failure.find("no cost model of the observation of toy") == 9; }));
  CHECK(Said<RunStarted>().empty());
  Start();
  REQUIRE(Reaches(TrainingState::kRunning));
  CHECK(Shown().failure.empty());
}

TEST_CASE_FIXTURE(Gymnasium, "what a run throws or reports ends it as failed, it can be retried") {
  Open();
  plan->throw_in_iteration = 3;
  Start();
  REQUIRE(Reaches(TrainingState::kFailed));
  CHECK(Shown().failure == "a worker threw");
  CHECK(Iterations() == 2);
  CHECK(Said<CheckpointMade>().back().bytes == "2");
  CHECK(Shown().resumable);
  plan->throw_in_iteration = -1;
  plan->fail_in_iteration = 5;
  trainer->Send(ui::ResumeTraining{});
  REQUIRE(Does(4));
  REQUIRE(Reaches(TrainingState::kFailed));
  CHECK(Shown().failure == "The policy loss is not finite.");
  Start();
  REQUIRE(Reaches(TrainingState::kRunning));
  CHECK(Shown().failure.empty());
}

TEST_CASE_FIXTURE(Gymnasium, "one run at a time, and it steps back behind the window") {
  Open();
  Start();
  REQUIRE(Does(1));
  Start();
  std::vector<WorkerNotice> told;
  REQUIRE(Eventually([&] { return notices.Take(told); }));
  CHECK(told[0].text.find("stop it") != std::string::npos);
  CHECK(plan->niceness == std::min(19, getpriority(PRIO_PROCESS, 0) + TrainerOptions().nice));
}

TEST_CASE("a limit that a safe script does not meet is refused, unless it is wanted anyway") {
  Gymnasium gymnasium;
  gymnasium.cost_models.Add(std::make_shared<KnownCostModel>(
      1, ToyEnvironmentFactory(gymnasium.world).create({}).value()->spec().observation_dim));
  auto measured = std::make_shared<std::atomic<int>>(0);
  TrainerOptions options = gymnasium.Options();
  options.measure_floor = [measured](const auto&, const auto&, const auto&, const auto&) {
    ++*measured;
    return Result<agents::LimitFloor>(
        {.script = "doing nothing", .episodes = 10, .cost = 100.0, .low = 90.0, .high = 110.0});
  };
  gymnasium.Open(std::move(options));
  ui::StartTraining start{"toy",
                          {.algorithm = agents::Algorithm::kPpoLagrangian,
                           .cost_source = agents::CostSource::kLearned}};
  gymnasium.trainer->Send(ui::MeasureFloor{start.environment, start.settings});
  REQUIRE(Eventually([&] { return gymnasium.Shown().floor != nullptr; }));
  CHECK(gymnasium.Shown().floor->floor.cost == 100.0);
  CHECK(gymnasium.Shown().floor->model == CostModelId{1});
  gymnasium.trainer->Send(start);
  REQUIRE(Eventually([&] { return !gymnasium.Shown().failure.empty(); }));
  CHECK(gymnasium.Shown().failure.find("doing nothing costs 100.0") != std::string::npos);
  CHECK(gymnasium.Shown().state == TrainingState::kIdle);
  CHECK(*measured == 1);  // the same question has the same answer

  SUBCASE("anyway") { start.anyway = true; }
  SUBCASE("a limit above it") { start.settings.cost_limit = 120.0; }
  gymnasium.trainer->Send(start);
  CHECK(gymnasium.Does(1));
}

TEST_CASE("a real run on PointGoal1 does two tiny iterations and adopts a cost model") {
  Gymnasium gymnasium;
  const auto environment = sim::SafetyGym::Create(*sim::ConfigForId("Safexp-PointGoal1-v0"));
  REQUIRE(environment);
  const int observation_dim = (*environment)->spec().observation_dim;
  gymnasium.cost_models.Add(std::make_shared<KnownCostModel>(1, observation_dim));
  gymnasium.Open(TrainerOptions());
  gymnasium.trainer->Send(ui::StartTraining{"Safexp-PointGoal1-v0",
                                            {.algorithm = agents::Algorithm::kPpoLagrangian,
                                             .cost_source = agents::CostSource::kLearned,
                                             .total_steps = 400,
                                             .steps_per_iteration = 200,
                                             .environments = 2,
                                             .hidden = 16,
                                             .policy_iterations = 3,
                                             .value_iterations = 3}});
  REQUIRE(gymnasium.Does(1));
  gymnasium.cost_models.Add(std::make_shared<KnownCostModel>(2, observation_dim));
  REQUIRE(gymnasium.Reaches(TrainingState::kDone));
  REQUIRE(gymnasium.Iterations() == 2);
  CHECK((*gymnasium.Shown().history)[0].cost_model == CostModelId{1});
  CHECK((*gymnasium.Shown().history)[1].steps == 400);
  CHECK(gymnasium.newest_policy.Get()->origin.signature == (*environment)->spec().signature());
  CHECK(gymnasium.Shown().policy_version == 2);
  const auto checkpoint = gymnasium.Said<CheckpointMade>().back().bytes;
  CHECK(agents::DecodePolicy(checkpoint, (*environment)->spec(), true).ok());
}

}  // namespace
}  // namespace lookout::app
