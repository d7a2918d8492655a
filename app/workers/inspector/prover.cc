#include "app/workers/inspector/prover.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/workers/runtime/worker_thread.h"

namespace lookout::app {
namespace {

constexpr int kProverNice = 10;
constexpr double kTellEvery_s = 0.1;

}  // namespace

Prover::Prover(EnvironmentFactory factory)
    : thread_([this, factory = std::move(factory)](const std::stop_token& stop) {
        NameThisThread("prover");
        YieldToWindow(kProverNice);
        Run(stop, factory);
      }) {}

void Prover::Ask(ProofRequest request) {
  wanted_ = request.number;
  requests_.Put(std::move(request));
}

void Prover::Run(const std::stop_token& stop, const EnvironmentFactory& factory) {
  std::vector<ProofRequest> requests;
  while (!stop.stop_requested()) {
    if (!requests_.WaitAndTake(requests, stop)) continue;
    const ProofRequest request = std::move(requests.back());
    requests.clear();
    if (request.number < wanted_) continue;
    const std::optional<std::string> failure = FailureOf([&] { Answer(request, stop, factory); });
    if (!failure || request.number < wanted_) continue;
    news_.Put({.number = request.number, .progress = {}, .answer = nullptr, .problem = *failure});
  }
}

void Prover::Answer(const ProofRequest& request, const std::stop_token& stop,
                    const EnvironmentFactory& factory) {
  double told_s = 0.0;
  const auto watch = [&](const agents::ProofProgress& so_far) {
    if (so_far.seconds >= told_s + kTellEvery_s) {
      told_s = so_far.seconds;
      news_.Put({.number = request.number, .progress = so_far, .answer = nullptr, .problem = {}});
    }
    return !stop.stop_requested() && request.number >= wanted_ && request.number > stopped_;
  };
  auto answered = AnswerQuestion(request, factory, watch);
  if (stop.stop_requested() || request.number < wanted_) return;
  ProofNews news{.number = request.number, .progress = {}, .answer = nullptr, .problem = {}};
  if (answered) {
    news.answer = std::make_shared<const ui::QuestionAnswered>(std::move(*answered));
  } else {
    news.problem = answered.error().message;
  }
  news_.Put(std::move(news));
}

}  // namespace lookout::app
