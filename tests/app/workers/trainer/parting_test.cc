// What a run does where its learned cost and the true one part.
#include <doctest/doctest.h>

#include "tests/app/workers/trainer_support.h"
#include "tests/support/constant_cost_model.h"
#include "tests/support/contains.h"

namespace lookout::app {
namespace {

// A session without its thread, on a learned cost that parts in iteration 11.
struct PartingRun : Gymnasium {
  Mailbox<TrainerEvent> events;
  LatestValue<ui::TrainingSnapshot> snapshot;
  TrainingJob session;
  std::stop_source closing;

  PartingRun() : session(Options(), {cost_models, newest_policy, events, snapshot, notices}) {
    plan->steps_per_iteration = 1;
    plan->parts_in_iteration = 11;
    const auto gym = ToyEnvironmentFactory(world).create({.id = "toy"});
    REQUIRE(gym.ok());
    const sim::ObservationSignature signature = (*gym)->spec().signature();
    cost_models.Add(std::make_shared<test::ConstantCostModel>(signature, 0.2F, 0.0F));
  }
  void Start(bool stops) {
    session.Apply(ui::StartTraining{
        "toy", {.cost_source = agents::CostSource::kLearned, .stop_when_parted = stops}});
  }
  // As many as it does, up to that many.
  int Iterate(int most) {
    int done = 0;
    for (; done < most && session.running(); ++done) {
      session.RunIteration([] {}, closing.get_token());
    }
    return done;
  }
  // stops: and after which iteration the run ends for that.
  bool SaysThatTheyPart(const std::string& stops = "") {
    bool says = false;
    std::vector<WorkerNotice> taken;
    notices.Take(taken);
    for (const WorkerNotice& notice : taken) {
      says = says || (Contains(notice.text, "since iteration 11") && Contains(notice.text, stops));
    }
    return says;
  }
};

TEST_CASE_FIXTURE(PartingRun, "it is said once, and the run goes on unless it is to stop") {
  Start(false);
  CHECK(Iterate(12) == 12);
  CHECK_FALSE(SaysThatTheyPart());
  CHECK(Iterate(1) == 1);
  CHECK(SaysThatTheyPart());
  CHECK(Iterate(7) == 7);
  CHECK_FALSE(SaysThatTheyPart());
}

TEST_CASE_FIXTURE(PartingRun, "a run that is to stop does, with its checkpoint, and can go on") {
  Start(true);
  CHECK(Iterate(20) == 13);
  CHECK(SaysThatTheyPart("The run stops after iteration 13"));
  snapshot.Refresh();
  CHECK(snapshot.value().state == TrainingState::kIdle);
  CHECK(snapshot.value().resumable);
  session.Apply(ui::ResumeTraining{});
  CHECK(Iterate(5) == 5);
}

}  // namespace
}  // namespace lookout::app
