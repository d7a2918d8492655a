#include "app/platform/input_queue.h"

#include <algorithm>
#include <chrono>

namespace lookout::app {
namespace {

using Kind = InputEvent::Kind;

bool IsPress(const InputEvent& event) {
  return event.kind == Kind::kKey || event.kind == Kind::kButton;
}

bool IsMotion(const InputEvent& event) {
  return event.kind == Kind::kMove || event.kind == Kind::kLeave;
}

// Whether `next` has to wait for the frame after the one that shows `taken`.
bool HasToWait(const InputEvent& next, const std::vector<InputEvent>& taken) {
  return std::ranges::any_of(taken, [&](const InputEvent& before) {
    if (IsMotion(next)) return IsPress(before) || before.kind == Kind::kWheel;
    if (next.kind == Kind::kButton && IsMotion(before)) return true;
    if (!IsPress(next) || !IsPress(before)) return false;
    const bool same = next.kind == before.kind && next.code == before.code;
    return before.down || same || next.picture != before.picture;
  });
}

}  // namespace

void InputQueue::Add(InputEvent event) {
  const auto now = std::chrono::steady_clock::now().time_since_epoch();
  event.time_s = std::chrono::duration<double>(now).count();
  event.picture = picture_;
  events_.push_back(event);
}

std::vector<InputEvent> InputQueue::TakeFrame() {
  std::vector<InputEvent> taken;
  while (!events_.empty() && !HasToWait(events_.front(), taken)) {
    taken.push_back(events_.front());
    events_.pop_front();
  }
  return taken;
}

}  // namespace lookout::app
