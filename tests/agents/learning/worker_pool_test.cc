#include "agents/learning/worker_pool.h"

#include <doctest/doctest.h>

#include <stdexcept>
#include <vector>

namespace lookout::agents {
namespace {

TEST_CASE("every task runs exactly once, whatever the number of workers") {
  for (const int workers : {1, 2, 5}) {
    WorkerPool pool(workers);
    for (const int count : {0, 1, 3, 1000}) {
      std::vector<int> runs(count, 0);
      pool.ForEach(count, [&](int i, int worker) {
        CHECK(worker < workers);
        ++runs[i];
      });
      CHECK(runs == std::vector<int>(count, 1));
    }
  }
}

TEST_CASE("a task's exception reaches the caller and the pool goes on working") {
  WorkerPool pool(3);
  for (int round = 0; round < 20; ++round) {
    CHECK_THROWS_AS(pool.ForEach(50,
                                 [](int i, int) {
                                   if (i % 7 == 3) throw std::runtime_error("task");
                                 }),
                    std::runtime_error);
    std::vector<int> runs(10, 0);
    pool.ForEach(10, [&](int i, int) { ++runs[i]; });
    CHECK(runs == std::vector<int>(10, 1));
  }
}

}  // namespace
}  // namespace lookout::agents
