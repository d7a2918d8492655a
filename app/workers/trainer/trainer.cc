#include "app/workers/trainer/trainer.h"

#include <vector>

#include "app/workers/runtime/worker_thread.h"

namespace lookout::app {

Trainer::Trainer(TrainerOptions options, const PublishedPtr<agents::CostModel>& cost_models,
                 PublishedPtr<TrainedPolicy>& newest_policy, NoticeBoard& notices)
    : thread_([this, options = std::move(options),
               links = TrainerLinks{cost_models, newest_policy, events_, snapshot_, notices}](
                  std::stop_token stop) mutable {
        NameThisThread("trainer");
        YieldToWindow(options.nice);  // the run's own workers inherit it
        TrainingJob session(std::move(options), links);
        Run(stop, session);
      }) {}

void Trainer::Run(const std::stop_token& stop, TrainingJob& session) {
  std::optional<std::string> failure = FailureOf([&] { session.Open(); });
  while (!stop.stop_requested()) {
    if (failure) session.ReportFailure(*failure);
    failure = FailureOf([&] { Serve(stop, session); });
  }
}

void Trainer::Serve(const std::stop_token& stop, TrainingJob& session) {
  std::vector<ui::TrainerCommand> commands;
  const auto poll = [&] {
    commands_.Take(commands);
    for (const ui::TrainerCommand& command : commands) session.Apply(command);
  };
  while (!stop.stop_requested()) {
    if (session.running()) {
      session.RunIteration(poll, stop);
      poll();
    } else {
      commands_.WaitAndTake(commands, stop);
      for (const ui::TrainerCommand& command : commands) session.Apply(command);
    }
  }
}

void Trainer::Join() {
  thread_.request_stop();
  if (thread_.joinable()) thread_.join();
}

}  // namespace lookout::app
