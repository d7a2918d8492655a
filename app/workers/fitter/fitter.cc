#include "app/workers/fitter/fitter.h"

#include "app/workers/runtime/worker_thread.h"

namespace lookout::app {

Fitter::Fitter(FitterOptions options, CostModelRegistry& cost_models, NoticeBoard& notices)
    : thread_([this, options = std::move(options),
               links = FitterLinks{cost_models, events_, snapshot_, notices}](
                  const std::stop_token& stop) mutable {
        NameThisThread("fitter");
        YieldToWindow(options.nice);
        FitJob job(std::move(options), links);
        Run(stop, job);
      }) {}

void Fitter::Run(const std::stop_token& stop, FitJob& job) {
  std::vector<FitterMessage> messages;
  const auto poll = [&] {
    messages_.Take(messages);
    for (FitterMessage& message : messages) {
      job.Apply(std::move(message), std::chrono::steady_clock::now());
    }
  };
  while (!stop.stop_requested()) {
    const SteadyTime due = job.DueAt();
    if (due == SteadyTime::max()) {
      messages_.WaitAndTake(messages, stop);
    } else {
      messages_.WaitAndTake(messages, stop, due);
    }
    for (FitterMessage& message : messages) {
      job.Apply(std::move(message), std::chrono::steady_clock::now());
    }
    if (std::chrono::steady_clock::now() < job.DueAt()) continue;
    const std::optional<std::string> failure = FailureOf([&] { job.Fit(poll, stop); });
    if (failure) job.ReportFailure(*failure);
  }
}

void Fitter::Join() {
  thread_.request_stop();
  if (thread_.joinable()) thread_.join();
}

}  // namespace lookout::app
