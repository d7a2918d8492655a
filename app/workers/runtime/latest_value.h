// Triple buffer: one writer thread, one reader thread, the newest value wins, nobody ever blocks.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>

namespace lookout::app {

template <typename T>
class LatestValue {
 public:
  // Writer: the slot to fill; holds an older value, so that its memory can be reused.
  T& Writable() { return slots_[back_]; }
  // Writer: makes the filled slot the newest.
  void Publish() {
    back_ = middle_.exchange(static_cast<std::uint8_t>(back_ | kFresh), std::memory_order_acq_rel) &
            kIndex;
  }

  // Reader: takes the newest published value if there is one; true if it is new.
  bool Refresh() {
    if ((middle_.load(std::memory_order_relaxed) & kFresh) == 0) return false;
    front_ = middle_.exchange(front_, std::memory_order_acq_rel) & kIndex;
    return true;
  }
  // Reader: the value of the last Refresh.
  const T& value() const { return slots_[front_]; }

 private:
  static constexpr std::uint8_t kFresh = 4;
  static constexpr std::uint8_t kIndex = 3;

  std::array<T, 3> slots_{};
  std::uint8_t back_ = 0;                // writer's
  std::atomic<std::uint8_t> middle_{1};  // index, plus kFresh if the reader has not seen it
  std::uint8_t front_ = 2;               // reader's
};

}  // namespace lookout::app
