#include "app/workers/trainer.h"

#include <doctest/doctest.h>
#include <sys/resource.h>

#include <atomic>
#include <stdexcept>
#include <thread>

#include "tests/app/workers/toy_world.h"
#include "tests/app/workers/worker_support.h"

namespace lookout::app {
namespace {

using ui::TrainingState;

constexpr int kEndless = 1'000'000;  // until the test says otherwise

// What the toy run does, and what it was told; shared with the test.
struct RunPlan {
  std::atomic<int> steps_per_iteration{4};
  std::atomic<int> throw_in_iteration{-1};
  std::atomic<int> fail_in_iteration{-1};
  std::atomic<int> last_iteration{1000};
  std::atomic<bool> started_from_policy{false};
  std::atomic<int> niceness{-100};
  std::atomic<std::int64_t> model_of_iteration[64] = {};
};

// A run whose iterations only wait, a millisecond a step.
class ToyRun : public agents::TrainingRun {
 public:
  ToyRun(std::shared_ptr<RunPlan> plan, agents::TrainingSettings settings,
         sim::EnvironmentSpec spec)
      : plan_(std::move(plan)), settings_(settings), spec_(std::move(spec)) {}

  const agents::TrainingSettings& settings() const override { return settings_; }
  const sim::EnvironmentSpec& spec() const override { return spec_; }
  Status SetCostModel(agents::CostModelPtr model) override {
    if (model->observation_dim() != spec_.observation_dim) return BadInput("another observation");
    model_ = std::move(model);
    return {};
  }
  Status StartFrom(std::string_view policy) override {
    if (policy != "bytes of a policy") return BadInput("That is no policy.");
    plan_->started_from_policy = true;
    return {};
  }
  Result<agents::IterationReport> RunIteration(const Progress& progress) override {
    const int next = iteration_ + 1;
    plan_->niceness = getpriority(PRIO_PROCESS, 0);
    if (next == plan_->throw_in_iteration) throw std::runtime_error("a worker threw");
    if (next == plan_->fail_in_iteration) return Error{"The policy loss is not finite."};
    for (int step = 0; step < plan_->steps_per_iteration; ++step) {
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
      if (!progress(static_cast<double>(step) / plan_->steps_per_iteration)) {
        return Error{"abandoned"};
      }
    }
    iteration_ = next;
    if (model_ && next < 64) plan_->model_of_iteration[next] = model_->id().value;
    return agents::IterationReport{
        .iteration = next, .steps = next * 100, .sample_seconds = 0.5, .update_seconds = 0.5};
  }
  bool finished() const override { return iteration_ >= plan_->last_iteration; }
  agents::PolicyPtr policy(bool) const override { return agents::MakeRandomPolicy(spec_); }
  std::string EncodeCheckpoint() const override { return std::to_string(iteration_); }
  Status RestoreCheckpoint(std::string_view bytes) override {
    iteration_ = std::stoi(std::string(bytes));
    return {};
  }

 private:
  std::shared_ptr<RunPlan> plan_;
  agents::TrainingSettings settings_;
  sim::EnvironmentSpec spec_;
  agents::CostModelPtr model_;
  int iteration_ = 0;
};

struct Gymnasium {
  std::shared_ptr<RunPlan> plan = std::make_shared<RunPlan>();
  std::shared_ptr<ToyPlan> world = std::make_shared<ToyPlan>();
  PublishedPtr<agents::CostModel> cost_models;
  PublishedPtr<TrainedPolicy> newest_policy;
  NoticeBoard notices;
  std::unique_ptr<Trainer> trainer;
  std::vector<TrainerEvent> said;

  TrainerOptions Options() {
    TrainerOptions options;
    options.worlds = ToyWorlds(world);
    options.policy_of = [](std::string_view checkpoint, const sim::EnvironmentSpec&) {
      return Result<std::string>("policy of " + std::string(checkpoint));
    };
    options.make_run = [plan = plan](const agents::TrainingSettings& settings,
                                     const agents::EnvironmentFactory& make)
        -> Result<std::unique_ptr<agents::TrainingRun>> {
      auto environment = make();
      if (!environment) return environment.error();
      return std::unique_ptr<agents::TrainingRun>(
          std::make_unique<ToyRun>(plan, settings, (*environment)->spec()));
    };
    return options;
  }
  void Open(TrainerOptions options) {
    trainer = std::make_unique<Trainer>(std::move(options), cost_models, newest_policy, notices);
  }
  void Open() { Open(Options()); }
  void Start(agents::CostSource source = agents::CostSource::kNone, const char* id = "toy") {
    trainer->Send(ui::StartTraining{id, {.cost_source = source}, {}});
  }
  const ui::TrainingSnapshot& Shown() {
    trainer->snapshot().Refresh();
    return trainer->snapshot().value();
  }
  std::size_t Iterations() { return Shown().history ? Shown().history->size() : 0; }
  bool Reaches(TrainingState state) {
    return Eventually([&] { return Shown().state == state; });
  }
  bool Does(std::size_t iterations) {
    return Eventually([&] { return Iterations() >= iterations; });
  }
  template <typename Event>
  std::vector<Event> Said() {
    std::vector<TrainerEvent> taken;
    trainer->events().Take(taken);
    said.insert(said.end(), taken.begin(), taken.end());
    std::vector<Event> events;
    for (const TrainerEvent& event : said) {
      if (const auto* match = std::get_if<Event>(&event)) events.push_back(*match);
    }
    return events;
  }
};

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
  CHECK(newest_policy.Get()->environment == "toy");
  CHECK(newest_policy.Get()->observation_dim == 4);
  REQUIRE(Said<RunStarted>().size() == 1);
  CHECK(Said<RunStarted>()[0].run.id == RunId{12});
  CHECK(Said<IterationDone>().size() == 3);
  REQUIRE(Said<CheckpointMade>().size() == 3);
  CHECK(Said<CheckpointMade>()[2].bytes == "3");
}

TEST_CASE_FIXTURE(Gymnasium, "a pause waits for the end of the iteration; resuming goes on") {
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
  std::this_thread::sleep_for(std::chrono::milliseconds(100));
  Shown();
  CHECK(Iterations() == 1);
  trainer->Send(ui::ResumeTraining{});
  CHECK(Does(3));
}

TEST_CASE_FIXTURE(Gymnasium, "a stop abandons the iteration at once; resuming does it again") {
  plan->steps_per_iteration = 4;
  Open();
  Start();
  REQUIRE(Does(2));
  plan->steps_per_iteration = kEndless;
  const auto before = std::chrono::steady_clock::now();
  trainer->Send(ui::StopTraining{});
  REQUIRE(Reaches(TrainingState::kIdle));
  CHECK(std::chrono::steady_clock::now() - before < std::chrono::milliseconds(250));
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

TEST_CASE_FIXTURE(Gymnasium, "policies are kept along the way, evenly and the first one too") {
  plan->last_iteration = 100;
  Open();
  trainer->Send(ui::StartTraining{
      "toy",
      {.cost_source = agents::CostSource::kNone, .total_steps = 10'000, .steps_per_iteration = 100},
      {}});
  REQUIRE(Reaches(TrainingState::kDone));
  const auto kept = Said<PolicyMade>();
  REQUIRE(kept.size() == 34);
  CHECK(kept[0].iteration == 1);
  CHECK(kept[1].iteration == 3);
  CHECK(kept[1].bytes == "policy of 3");
  CHECK(kept.back().iteration == 99);
}

TEST_CASE_FIXTURE(Gymnasium, "an earlier run goes on from its checkpoint under its own number") {
  plan->last_iteration = 9;
  auto history = std::make_shared<std::vector<agents::IterationReport>>();
  for (int i = 1; i <= 7; ++i) history->push_back({.iteration = i, .steps = 100 * i});
  TrainerOptions options = Options();
  options.next_run = RunId{20};
  Open(std::move(options));
  const ui::RunTrack run{.id = RunId{4},
                         .environment = "toy",
                         .settings = {.cost_source = agents::CostSource::kNone},
                         .history = history};
  SUBCASE("doing again what came after the checkpoint") {
    trainer->Send(ui::ContinueRun{run, "6"});
    REQUIRE(Reaches(TrainingState::kDone));
    CHECK(Shown().run == RunId{4});
    REQUIRE(Iterations() == 9);
    CHECK((*Shown().history)[6].iteration == 7);
    CHECK(Said<IterationDone>().size() == 3);
    CHECK(Said<RunStarted>().empty());
    Start();
    REQUIRE(Eventually([&] { return !Said<RunStarted>().empty(); }));
    CHECK(Said<RunStarted>()[0].run.id == RunId{20});
  }
  SUBCASE("but not while another is in training") {
    plan->steps_per_iteration = kEndless;
    Start();
    REQUIRE(Reaches(TrainingState::kRunning));
    trainer->Send(ui::ContinueRun{run, "6"});
    std::vector<WorkerNotice> told;
    REQUIRE(Eventually([&] {
      notices.Take(told);
      return !told.empty();
    }));
    CHECK(told[0].text.find("stop it before resuming") != std::string::npos);
    CHECK(Shown().run == RunId{20});
  }
}

TEST_CASE_FIXTURE(Gymnasium, "a newer cost model is adopted between iterations only") {
  plan->steps_per_iteration = kEndless;
  cost_models.Set(std::make_shared<KnownCostModel>(1, 4));
  Open();
  Start(agents::CostSource::kLearned);
  REQUIRE(Eventually([&] { return Shown().iteration_fraction > 0.0; }));
  cost_models.Set(std::make_shared<KnownCostModel>(2, 4));
  plan->steps_per_iteration = 1;
  REQUIRE(Does(2));
  CHECK(plan->model_of_iteration[1] == 1);
  CHECK(plan->model_of_iteration[2] == 2);
}

TEST_CASE_FIXTURE(Gymnasium, "a cost model for other observations is left aside, said once") {
  cost_models.Set(std::make_shared<KnownCostModel>(1, 4));
  Open();
  Start(agents::CostSource::kLearned);
  REQUIRE(Does(1));
  cost_models.Set(std::make_shared<KnownCostModel>(2, 60));
  REQUIRE(Does(Iterations() + 3));
  std::vector<WorkerNotice> told;
  notices.Take(told);
  CHECK(told.size() == 1);
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
  CHECK(Said<RunStarted>().empty());
  Start();
  REQUIRE(Reaches(TrainingState::kRunning));
  CHECK(Shown().failure.empty());
}

TEST_CASE_FIXTURE(Gymnasium, "a run can start from a shipped policy, and says why it cannot") {
  TrainerOptions options = Options();
  options.read_policy = [](const std::string& name) -> Result<std::string> {
    if (name == "missing") return BadInput("There is no policy missing.");
    return "bytes of a " + name;
  };
  Open(std::move(options));
  for (const char* refused : {"missing", "sandwich"}) {
    trainer->Send(ui::StartTraining{"toy", {.cost_source = agents::CostSource::kNone}, refused});
    REQUIRE(Eventually([&] { return !Shown().failure.empty(); }));
    CHECK(Shown().state == TrainingState::kIdle);
  }
  CHECK_FALSE(plan->started_from_policy);
  trainer->Send(ui::StartTraining{"toy", {.cost_source = agents::CostSource::kNone}, "policy"});
  REQUIRE(Does(1));
  CHECK(plan->started_from_policy);
}

TEST_CASE_FIXTURE(Gymnasium, "what a run throws or reports ends it as failed; it can be retried") {
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

TEST_CASE_FIXTURE(Gymnasium, "a run of an earlier session is shown and can be resumed") {
  TrainerOptions options = Options();
  options.next_run = RunId{8};
  options.previous = PreviousRun{
      StoredRun{
          .id = RunId{7}, .environment = "toy", .history = {{.iteration = 1}, {.iteration = 2}}},
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

TEST_CASE("a real run on PointGoal1 does two tiny iterations and adopts a cost model") {
  Gymnasium gymnasium;
  const auto environment = sim::SafetyGym::Create(*sim::ConfigForId("Safexp-PointGoal1-v0"));
  REQUIRE(environment);
  const int observation_dim = (*environment)->spec().observation_dim;
  gymnasium.cost_models.Set(std::make_shared<KnownCostModel>(1, observation_dim));
  gymnasium.Open(TrainerOptions());
  gymnasium.trainer->Send(ui::StartTraining{"Safexp-PointGoal1-v0",
                                            {.algorithm = agents::Algorithm::kPpoLagrangian,
                                             .cost_source = agents::CostSource::kLearned,
                                             .total_steps = 400,
                                             .steps_per_iteration = 200,
                                             .environments = 2,
                                             .hidden = 16,
                                             .policy_iterations = 3,
                                             .value_iterations = 3},
                                            {}});
  REQUIRE(gymnasium.Does(1));
  gymnasium.cost_models.Set(std::make_shared<KnownCostModel>(2, observation_dim));
  REQUIRE(gymnasium.Reaches(TrainingState::kDone));
  REQUIRE(gymnasium.Iterations() == 2);
  CHECK((*gymnasium.Shown().history)[0].cost_model == CostModelId{1});
  CHECK((*gymnasium.Shown().history)[1].steps == 400);
  CHECK(gymnasium.newest_policy.Get()->observation_dim == observation_dim);
  CHECK(gymnasium.Shown().policy_version == 2);
  const auto checkpoint = gymnasium.Said<CheckpointMade>().back().bytes;
  CHECK(agents::DecodePolicy(checkpoint, (*environment)->spec(), true).ok());
}

}  // namespace
}  // namespace lookout::app
