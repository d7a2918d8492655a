// A lossless queue from any threads to one: put under a lock, take everything at once, work
// outside.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <mutex>
#include <stop_token>
#include <utility>
#include <vector>

namespace lookout::app {

template <typename T>
class Mailbox {
 public:
  void Put(T message) {
    {
      const std::scoped_lock lock(mutex_);
      messages_.push_back(std::move(message));
    }
    arrived_.notify_one();
  }

  // Swaps everything that is there into `out` (cleared first); true if there was anything.
  bool Take(std::vector<T>& out) {
    out.clear();
    const std::scoped_lock lock(mutex_);
    messages_.swap(out);
    return !out.empty();
  }

  // Messages that wait, for senders that hold back when their reader is slow.
  std::size_t size() const {
    const std::scoped_lock lock(mutex_);
    return messages_.size();
  }

  // Sleeps until a message is there, the deadline passes or a stop is asked for; then takes.
  bool WaitAndTake(std::vector<T>& out, std::stop_token stop,
                   std::chrono::steady_clock::time_point deadline) {
    out.clear();
    std::unique_lock lock(mutex_);
    arrived_.wait_until(lock, stop, deadline, [this] { return !messages_.empty(); });
    messages_.swap(out);
    return !out.empty();
  }
  bool WaitAndTake(std::vector<T>& out, std::stop_token stop) {
    out.clear();
    std::unique_lock lock(mutex_);
    arrived_.wait(lock, stop, [this] { return !messages_.empty(); });
    messages_.swap(out);
    return !out.empty();
  }

 private:
  mutable std::mutex mutex_;
  std::condition_variable_any arrived_;
  std::vector<T> messages_;
};

}  // namespace lookout::app
