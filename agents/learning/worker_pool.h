// A fixed team of threads for loops over independent tasks; the calling thread takes part. One
// owner; ForEach from one thread at a time, tasks run on any of the threads. Where several
// processes train together, each has such a team.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

#include "agents/learning/process_group.h"

namespace lookout::agents {

class WorkerPool {
 public:
  // workers >= 1, the caller included. The group has to outlive the pool.
  explicit WorkerPool(int workers, ProcessGroup& processes = SingleProcess());
  ~WorkerPool();
  WorkerPool(const WorkerPool&) = delete;
  WorkerPool& operator=(const WorkerPool&) = delete;

  int workers() const { return static_cast<int>(threads_.size()) + 1; }
  // That this team is one of. Only for the thread that calls ForEach, outside of tasks.
  ProcessGroup& processes() const { return processes_; }

  // Calls task(i, worker) once for each i in [0, count), in no particular order, and returns when
  // all are done. `worker` in [0, workers()) is the thread it runs on, 0 the caller: for scratch
  // memory, never for results. Tasks write only what is theirs. The first exception of a task is
  // thrown again here, after the others have finished. Does not allocate.
  template <typename Task>
  void ForEach(int count, const Task& task) {
    Run(
        count,
        [](const void* context, int i, int worker) {
          (*static_cast<const Task*>(context))(i, worker);
        },
        &task);
  }

 private:
  using Call = void (*)(const void* context, int index, int worker);
  void Run(int count, Call call, const void* context);
  void TakeTasks(int count, Call call, const void* context, int worker);
  void Work(const std::stop_token& stop, int worker);

  ProcessGroup& processes_;
  std::mutex mutex_;
  std::condition_variable_any wake_;
  std::condition_variable done_;
  std::uint64_t round_ = 0;  // grows with each ForEach
  int busy_ = 0;             // threads that have not finished this round
  int count_ = 0;
  Call call_ = nullptr;
  const void* context_ = nullptr;
  std::exception_ptr failure_;
  std::atomic<int> next_ = 0;
  std::vector<std::jthread> threads_;
};

}  // namespace lookout::agents
