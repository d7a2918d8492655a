#include "app/workers/queries/query_worker.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <atomic>
#include <chrono>
#include <future>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "app/workers/queries/propose_queries.h"

namespace lookout::app {
namespace {

std::vector<ProposedQueries> Await(QueryWorker& worker, std::size_t count) {
  std::vector<ProposedQueries> proposals;
  for (int i = 0; i < 2000 && proposals.size() < count; ++i) {
    std::vector<ProposedQueries> newest;
    worker.proposals().Take(newest);
    for (ProposedQueries& proposed : newest) proposals.push_back(std::move(proposed));
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  REQUIRE(proposals.size() == count);
  return proposals;
}

TEST_CASE("asking returns at once, and of several requests the newest is answered") {
  NoticeBoard notices;
  std::promise<void> begun;
  std::atomic<int> calls = 0;
  std::promise<void> release;
  std::shared_future<void> released = release.get_future().share();
  QueryWorker worker(
      [&, released](const QueryRequest& request) {
        if (++calls == 1) begun.set_value();
        released.wait();
        return ProposedQueries{.queries = {}, .problem = fmt::to_string(request.feedback.size())};
      },
      notices);
  QueryRequest request;
  worker.Ask(request);
  begun.get_future().wait();
  for (int i = 0; i < 5; ++i) {
    request.feedback.emplace_back();
    worker.Ask(request);
  }
  release.set_value();
  const std::vector<ProposedQueries> answers = Await(worker, 2);
  CHECK(answers[0].problem == "0");
  CHECK(answers[1].problem == "5");
}

TEST_CASE("a failure is told, and the worker goes on") {
  NoticeBoard notices;
  QueryWorker worker(
      [](const QueryRequest&) -> ProposedQueries { throw std::runtime_error("no memory"); },
      notices);
  worker.Ask({});
  CHECK(Await(worker, 1).front().problem == "no memory");
  std::vector<WorkerNotice> told;
  notices.Take(told);
  CHECK(told.size() == 1);
  worker.Ask({});
  CHECK(Await(worker, 1).front().problem == "no memory");
}

}  // namespace
}  // namespace lookout::app
