// The trainer: the thread that runs training flat out, behind the window. Commands take effect at
// iteration boundaries, a stop within about 50 ms. Its methods may be called by any thread, its
// outputs are read by one (newest_policy by any).
#pragma once

#include <stop_token>
#include <thread>
#include <utility>

#include "app/workers/runtime/cost_model_registry.h"
#include "app/workers/trainer/training_job.h"

namespace lookout::app {

class Trainer {
 public:
  Trainer(TrainerOptions options, const CostModelRegistry& cost_models,
          PublishedPtr<TrainedPolicy>& newest_policy, NoticeBoard& notices);

  void Send(ui::TrainerCommand command) { commands_.Put(std::move(command)); }
  // Asks the thread to end.
  void RequestStop() { thread_.request_stop(); }
  // Ends the thread; what it said stays to be read. The destructor does so too.
  void Join();

  LatestValue<ui::TrainingSnapshot>& snapshot() { return snapshot_; }
  Mailbox<TrainerEvent>& events() { return events_; }

 private:
  void Run(const std::stop_token& stop, TrainingJob& job);
  // Trains and obeys until asked to stop; what goes wrong is thrown.
  void Serve(const std::stop_token& stop, TrainingJob& job);

  Mailbox<ui::TrainerCommand> commands_;
  LatestValue<ui::TrainingSnapshot> snapshot_;
  Mailbox<TrainerEvent> events_;
  std::jthread thread_;  // last: joins first
};

}  // namespace lookout::app
