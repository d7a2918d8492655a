// A player session on the toy world with a clock that the test winds by hand.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "app/workers/player/player_loop.h"
#include "tests/app/workers/toy_world.h"
#include "tests/app/workers/worker_support.h"

namespace lookout::app {

// Acts at full power, whatever it observes.
class FullAhead : public agents::Policy {
 public:
  std::string name() const override { return "Full ahead"; }
  std::unique_ptr<agents::PolicyMemory> NewMemory() const override {
    return std::make_unique<agents::PolicyMemory>();
  }
  void Act(const Eigen::VectorXd&, agents::PolicyMemory&, RandomState&,
           Eigen::VectorXd& action) const override {
    action.setConstant(1.0);
  }
};

// Trained in the toy environment.
inline std::shared_ptr<const TrainedPolicy> FullAheadOfToy() {
  return std::make_shared<const TrainedPolicy>(TrainedPolicy{
      std::make_shared<FullAhead>(),
      {.environment_id = "toy", .signature = sim::ObservationSignature({{"observation", 4}})}});
}

struct SessionFixture {
  std::shared_ptr<ToyPlan> plan = std::make_shared<ToyPlan>();
  CostModelRegistry cost_models;
  PublishedPtr<TrainedPolicy> newest_policy;
  Mailbox<PlayerEvent> events;
  LatestValue<ui::PlayerSnapshot> snapshot;
  NoticeBoard board;
  SteadyTime now{std::chrono::seconds(1000)};
  SteadyDuration per_look{0};  // what looking at the clock takes
  Recordings recordings;
  std::unique_ptr<PlayerLoop> session;

  PlayerOptions Options() {
    PlayerOptions options;
    options.environment = "toy";
    options.agent = {ui::AgentKind::kHuman, {}};
    options.factory = ToyEnvironmentFactory(plan);
    return options;
  }

  void Open(PlayerOptions options) {
    session = std::make_unique<PlayerLoop>(
        std::move(options), PlayerLinks{cost_models, newest_policy, events, snapshot, board},
        [this] { return now += per_look; });
    session->Open();
  }
  void Open() { Open(Options()); }

  void Do(ui::PlayerCommand command) { session->Apply(command); }
  // Lets time pass, in wakes of 2 ms as the thread would make them.
  void Pass(std::chrono::milliseconds time) {
    const SteadyTime end = now + time;
    while (now < end) {
      now += std::chrono::milliseconds(2);
      session->Advance();
    }
  }

  const ui::PlayerSnapshot& Shown() {
    session->Advance();
    snapshot.Refresh();
    return snapshot.value();
  }
  const Recordings& Recorded() {
    recordings.Take(events);
    return recordings;
  }
  std::vector<std::string> Notices() {
    std::vector<WorkerNotice> taken;
    board.Take(taken);
    std::vector<std::string> texts;
    for (WorkerNotice& notice : taken) texts.push_back(std::move(notice.text));
    return texts;
  }
};

}  // namespace lookout::app
