// Checkpoints too large to be made after every iteration are made when the run comes to rest.
#include <doctest/doctest.h>

#include "tests/app/workers/trainer_support.h"

namespace lookout::app {
namespace {

// A session without its thread, in a run whose large checkpoints are due every fifth iteration.
struct LargeRun : Gymnasium {
  Mailbox<TrainerEvent> events;
  LatestValue<ui::TrainingSnapshot> snapshot;
  TrainingJob session;
  std::stop_source closing;

  LargeRun() : session(Options(), {cost_models, newest_policy, events, snapshot, notices}) {
    plan->steps_per_iteration = 1;
    plan->checkpoint_size = TrainingJob::kSmallCheckpoint + 1;
    session.Apply(ui::StartTraining{"toy", {.cost_source = agents::CostSource::kNone}});
    for (int i = 0; i < 3; ++i) Iterate();
  }

  void Iterate(const std::function<void()>& poll = [] {}) {
    session.RunIteration(poll, closing.get_token());
  }
  std::vector<int> CheckpointedIterations() {
    std::vector<TrainerEvent> taken;
    events.Take(taken);
    std::vector<int> iterations;
    for (const TrainerEvent& event : taken) {
      if (const auto* made = std::get_if<CheckpointMade>(&event)) {
        iterations.push_back(std::stoi(made->bytes));
      }
    }
    return iterations;
  }
  TrainingState State() {
    snapshot.Refresh();
    return snapshot.value().state;
  }
};

TEST_CASE_FIXTURE(LargeRun, "a run that goes on makes large checkpoints now and then only") {
  for (int i = 0; i < 4; ++i) Iterate();
  CHECK(CheckpointedIterations() == std::vector{1, 6});
}

TEST_CASE_FIXTURE(LargeRun, "a stop keeps what was finished, wherever it comes") {
  SUBCASE("amid an iteration") {
    Iterate([&] { session.Apply(ui::StopTraining{}); });
  }
  SUBCASE("between two") { session.Apply(ui::StopTraining{}); }
  CHECK(State() == TrainingState::kIdle);
  CHECK(CheckpointedIterations() == std::vector{1, 3});
  session.Apply(ui::ResumeTraining{});
  Iterate();
  snapshot.Refresh();
  REQUIRE(snapshot.value().history->size() == 4);
  CHECK(snapshot.value().history->back().iteration == 4);
}

TEST_CASE_FIXTURE(LargeRun, "a pause does too, amid an iteration that one as well") {
  SUBCASE("amid an iteration") {
    Iterate([&] { session.Apply(ui::PauseTraining{}); });
    CHECK(CheckpointedIterations() == std::vector{1, 4});
  }
  SUBCASE("between two") {
    session.Apply(ui::PauseTraining{});
    CHECK(CheckpointedIterations() == std::vector{1, 3});
  }
  CHECK(State() == TrainingState::kPaused);
  session.Apply(ui::StopTraining{});
  CHECK(CheckpointedIterations().empty());  // nothing new since the pause
}

TEST_CASE_FIXTURE(LargeRun, "so do the end of the program, a failure and an exception") {
  SUBCASE("the end of the program") {
    closing.request_stop();
    Iterate();
  }
  SUBCASE("a failure") {
    plan->fail_in_iteration = 4;
    Iterate();
    CHECK(State() == TrainingState::kFailed);
  }
  SUBCASE("an exception") {
    plan->throw_in_iteration = 4;
    CHECK_THROWS(Iterate());
    session.ReportFailure("a worker threw");
    CHECK(State() == TrainingState::kFailed);
  }
  CHECK(CheckpointedIterations() == std::vector{1, 3});
}

TEST_CASE_FIXTURE(LargeRun, "a stop that comes too late to abandon an iteration keeps it") {
  plan->ignores_stop = true;
  Iterate([&] { session.Apply(ui::StopTraining{}); });
  CHECK(State() == TrainingState::kIdle);
  CHECK(CheckpointedIterations() == std::vector{1, 4});
  snapshot.Refresh();
  CHECK(snapshot.value().history->size() == 4);
}

}  // namespace
}  // namespace lookout::app
