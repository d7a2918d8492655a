#include "app/workers/fitter/fitter.h"

#include "app/workers/runtime/worker_thread.h"

namespace lookout::app {

Fitter::Fitter(FitterOptions options, PublishedPtr<agents::CostModel>& newest_model,
               NoticeBoard& notices)
    : thread_([this, options = std::move(options),
               links = FitterLinks{newest_model, events_, snapshot_, notices}](
                  const std::stop_token& stop) mutable {
        NameThisThread("fitter");
        YieldToWindow(options.nice);
        FitJob session(std::move(options), links);
        Run(stop, session);
      }) {}

void Fitter::Run(const std::stop_token& stop, FitJob& session) {
  std::vector<FitterMessage> messages;
  const auto poll = [&] {
    messages_.Take(messages);
    for (FitterMessage& message : messages) {
      session.Apply(std::move(message), std::chrono::steady_clock::now());
    }
  };
  while (!stop.stop_requested()) {
    const SteadyTime due = session.DueAt();
    if (due == SteadyTime::max()) {
      messages_.WaitAndTake(messages, stop);
    } else {
      messages_.WaitAndTake(messages, stop, due);
    }
    for (FitterMessage& message : messages) {
      session.Apply(std::move(message), std::chrono::steady_clock::now());
    }
    if (std::chrono::steady_clock::now() < session.DueAt()) continue;
    const std::optional<std::string> failure = FailureOf([&] { session.Fit(poll, stop); });
    if (failure) session.ReportFailure(*failure);
  }
}

void Fitter::Join() {
  thread_.request_stop();
  if (thread_.joinable()) thread_.join();
}

}  // namespace lookout::app
