#include "app/workers/queries/query_worker.h"

#include <optional>
#include <string>
#include <vector>

#include "app/workers/runtime/worker_thread.h"

namespace lookout::app {
namespace {

constexpr int kNice = 10;

}  // namespace

QueryWorker::QueryWorker(Propose propose, NoticeBoard& notices)
    : propose_(std::move(propose)), notices_(notices), thread_([this](const std::stop_token& stop) {
        NameThisThread("queries");
        YieldToWindow(kNice);
        Run(stop);
      }) {}

void QueryWorker::Run(const std::stop_token& stop) {
  std::vector<QueryRequest> requests;
  while (!stop.stop_requested()) {
    if (!requests_.WaitAndTake(requests, stop)) continue;
    ProposedQueries proposed;
    const std::optional<std::string> failure =
        FailureOf([&] { proposed = propose_(requests.back()); });
    if (failure) {
      proposed = {.queries = {}, .problem = *failure};
      Warn(notices_, "No queries: " + *failure);
    }
    proposals_.Put(std::move(proposed));
    requests.clear();
  }
}

void QueryWorker::Join() {
  thread_.request_stop();
  if (thread_.joinable()) thread_.join();
}

}  // namespace lookout::app
