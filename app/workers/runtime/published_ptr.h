// A shared, immutable value that is replaced as a whole: policies, cost models, compiled models.
// Any number of threads. A mutex held for one copy; std::atomic<shared_ptr> is avoided because
// libstdc++ 12's own header trips ThreadSanitizer.
#pragma once

#include <memory>
#include <mutex>

namespace lookout::app {

template <typename T>
class PublishedPtr {
 public:
  void Set(std::shared_ptr<const T> value) {
    const std::scoped_lock lock(mutex_);
    value_.swap(value);  // the old value dies outside the lock, with the argument
  }
  std::shared_ptr<const T> Get() const {
    const std::scoped_lock lock(mutex_);
    return value_;
  }

 private:
  mutable std::mutex mutex_;
  std::shared_ptr<const T> value_;
};

}  // namespace lookout::app
