#include "app/workers/trainer/trainer.h"

#include <vector>

#include "app/workers/runtime/worker_thread.h"

namespace lookout::app {

Trainer::Trainer(TrainerOptions options, const CostModelRegistry& cost_models,
                 PublishedPtr<TrainedPolicy>& newest_policy, NoticeBoard& notices)
    : thread_([this, options = std::move(options),
               links = TrainerLinks{cost_models, newest_policy, events_, snapshot_, notices}](
                  std::stop_token stop) mutable {
        NameThisThread("trainer");
        YieldToWindow(options.nice);  // the run's own workers inherit it
        links.stop = stop;
        TrainingJob job(std::move(options), links);
        Run(stop, job);
      }) {}

void Trainer::Run(const std::stop_token& stop, TrainingJob& job) {
  std::optional<std::string> failure = FailureOf([&] { job.Open(); });
  while (!stop.stop_requested()) {
    if (failure) job.ReportFailure(*failure);
    failure = FailureOf([&] { Serve(stop, job); });
  }
}

void Trainer::Serve(const std::stop_token& stop, TrainingJob& job) {
  std::vector<ui::TrainerCommand> commands;
  const auto poll = [&] {
    commands_.Take(commands);
    for (const ui::TrainerCommand& command : commands) job.Apply(command);
  };
  while (!stop.stop_requested()) {
    if (job.running()) {
      job.RunIteration(poll, stop);
      poll();
    } else {
      commands_.WaitAndTake(commands, stop);
      for (const ui::TrainerCommand& command : commands) job.Apply(command);
    }
  }
}

void Trainer::Join() {
  thread_.request_stop();
  if (thread_.joinable()) thread_.join();
}

}  // namespace lookout::app
