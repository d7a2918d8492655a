// Whether work that several threads do is to go on: each of them asks, so that a stop is noticed
// however long the others take, and whoever is asked is asked by one at a time. Any thread.
#pragma once

#include <atomic>
#include <functional>
#include <mutex>

namespace lookout::app {

class SharedProgress {
 public:
  // Asked with the fraction that is done; false stops. Has to outlive this.
  explicit SharedProgress(const std::function<bool(double)>& ask) : ask_(ask) {}

  // Whether to go on. Does not wait: while another thread is asking, what was said last holds.
  bool KeepGoing(double fraction) {
    if (!ask_ || !going_) return going_;
    const std::unique_lock<std::mutex> asking(mutex_, std::try_to_lock);
    if (asking && !ask_(fraction)) going_ = false;
    return going_;
  }
  bool going() const { return going_; }

 private:
  const std::function<bool(double)>& ask_;
  std::mutex mutex_;
  std::atomic<bool> going_ = true;
};

}  // namespace lookout::app
