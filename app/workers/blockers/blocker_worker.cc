#include "app/workers/blockers/blocker_worker.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "app/workers/runtime/worker_thread.h"

namespace lookout::app {
namespace {

constexpr int kBlockerNice = 10;

}  // namespace

BlockerWorker::BlockerWorker()
    : thread_([this](const std::stop_token& stop) {
        NameThisThread("blockers");
        YieldToWindow(kBlockerNice);
        Run(stop);
      }) {}

void BlockerWorker::Run(const std::stop_token& stop) {
  std::vector<BlockerRequest> requests;
  while (!stop.stop_requested()) {
    if (!requests_.WaitAndTake(requests, stop)) continue;
    ui::BlockerOnScreen measured;
    const std::optional<std::string> failure = FailureOf([&] {
      measured = MeasureBlocker(requests.back(), [&stop] { return stop.stop_requested(); });
    });
    if (failure) measured = {.file = requests.back().file.string(), .problem = *failure};
    measured_.Put(std::move(measured));
    requests.clear();
  }
}

}  // namespace lookout::app
