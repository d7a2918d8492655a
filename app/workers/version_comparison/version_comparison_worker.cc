#include "app/workers/version_comparison/version_comparison_worker.h"

#include <array>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "app/workers/runtime/worker_thread.h"

namespace lookout::app {
namespace {

constexpr int kNice = 10;

std::int64_t NumberOf(const VersionMessage& message) {
  return std::visit(
      [](const auto& specific) {
        using Specific = std::decay_t<decltype(specific)>;
        if constexpr (std::is_same_v<Specific, AbandonVersionComparison>) {
          return specific.next_number;
        } else {
          return specific.number;
        }
      },
      message);
}

}  // namespace

VersionComparisonWorker::VersionComparisonWorker(const CostModelRegistry& cost_models)
    : cost_models_(cost_models), thread_([this](const std::stop_token& stop) {
        NameThisThread("versions");
        YieldToWindow(kNice);
        Run(stop);
      }) {}

void VersionComparisonWorker::Tell(VersionMessage message) {
  const bool begins = std::holds_alternative<BeginVersionComparison>(message) ||
                      std::holds_alternative<AbandonVersionComparison>(message);
  if (begins) wanted_ = NumberOf(message);
  messages_.Put(std::move(message));
}

void VersionComparisonWorker::Run(const std::stop_token& stop) {
  std::vector<VersionMessage> messages;
  while (!stop.stop_requested()) {
    if (!messages_.WaitAndTake(messages, stop)) continue;
    for (const VersionMessage& message : messages) {
      const std::int64_t number = NumberOf(message);
      if (stop.stop_requested() || number < wanted_) continue;
      const std::optional<std::string> failure =
          FailureOf([&] { std::visit([this](const auto& specific) { On(specific); }, message); });
      if (failure) Fail(number, *failure);
    }
    messages.clear();
  }
}

void VersionComparisonWorker::Fail(std::int64_t number, std::string problem) {
  comparer_.reset();
  measured_.Put({.number = number, .compared = nullptr, .problem = std::move(problem)});
}

void VersionComparisonWorker::On(const BeginVersionComparison& begin) {
  comparer_.reset();
  std::array<agents::CostModelPtr, 2> models{cost_models_.Find(begin.models[0]), nullptr};
  if (begin.make_second) {
    Result<agents::CostModelPtr> second = begin.make_second();
    if (!second) return Fail(begin.number, second.error().message);
    models[1] = std::move(*second);
  } else {
    models[1] = cost_models_.Find(begin.models[1]);
  }
  if (!models[0] || !models[1]) {
    return Fail(begin.number, "One of the two versions is not there any more.");
  }
  comparer_.emplace(begin, std::move(models));
}

void VersionComparisonWorker::On(const EpisodeToCompare& episode) {
  if (comparer_) comparer_->Add(episode);
}

void VersionComparisonWorker::On(const FinishVersionComparison& finish) {
  if (!comparer_) return;
  Result<ui::VersionsCompared> compared = comparer_->Finish();
  if (!compared) return Fail(finish.number, compared.error().message);
  comparer_.reset();
  measured_.Put({.number = finish.number,
                 .compared = std::make_shared<const ui::VersionsCompared>(std::move(*compared)),
                 .problem = {}});
}

}  // namespace lookout::app
