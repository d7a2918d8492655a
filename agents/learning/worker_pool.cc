#include "agents/learning/worker_pool.h"

#include <utility>

#include "sim/base/check.h"

namespace lookout::agents {

WorkerPool::WorkerPool(int workers, ProcessGroup& processes) : processes_(processes) {
  LOOKOUT_CHECK(workers >= 1, "a pool needs at least one worker");
  threads_.reserve(workers - 1);
  for (int i = 1; i < workers; ++i) {
    threads_.emplace_back([this, i](const std::stop_token& stop) { Work(stop, i); });
  }
}

WorkerPool::~WorkerPool() {
  for (std::jthread& thread : threads_) thread.request_stop();
  threads_.clear();
}

void WorkerPool::Run(int count, Call call, const void* context) {
  {
    const std::lock_guard lock(mutex_);
    count_ = count;
    call_ = call;
    context_ = context;
    failure_ = nullptr;
    next_.store(0, std::memory_order_relaxed);
    busy_ = static_cast<int>(threads_.size());
    ++round_;
  }
  wake_.notify_all();
  TakeTasks(count, call, context, 0);
  std::unique_lock lock(mutex_);
  done_.wait(lock, [this] { return busy_ == 0; });
  if (failure_) std::rethrow_exception(std::exchange(failure_, nullptr));
}

void WorkerPool::TakeTasks(int count, Call call, const void* context, int worker) {
  for (int i = next_++; i < count; i = next_++) {
    try {
      call(context, i, worker);
    } catch (...) {
      const std::lock_guard lock(mutex_);
      if (!failure_) failure_ = std::current_exception();
    }
  }
}

void WorkerPool::Work(const std::stop_token& stop, int worker) {
  std::uint64_t seen = 0;
  std::unique_lock lock(mutex_);
  while (wake_.wait(lock, stop, [&] { return round_ != seen; })) {
    seen = round_;
    const int count = count_;
    const Call call = call_;
    const void* const context = context_;
    lock.unlock();
    TakeTasks(count, call, context, worker);
    lock.lock();
    if (--busy_ == 0) done_.notify_one();
  }
}

}  // namespace lookout::agents
