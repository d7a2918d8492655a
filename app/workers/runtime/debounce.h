// Waits for a pause in a stream of changes before acting on them, but not for ever. Pure: it is
// told the time. One thread.
#pragma once

#include <algorithm>
#include <optional>
#include <utility>

#include "app/workers/runtime/steady_time.h"

namespace lookout::app {

class Debounce {
 public:
  // Due after `quiet` without a change, or `patience` after the first one not acted upon.
  Debounce(SteadyDuration quiet, SteadyDuration patience) : quiet_(quiet), patience_(patience) {}

  void Change(SteadyTime now) {
    last_ = now;
    if (!first_) first_ = now;
  }
  // What had changed is being acted upon. Returns since when it had waited, if it had.
  std::optional<SteadyTime> Settle() { return std::exchange(first_, std::nullopt); }
  // Acting was given up for a newer change: what settled waits on, since then.
  void Unsettle(std::optional<SteadyTime> since) {
    if (since) first_ = since;
  }

  bool pending() const { return first_.has_value(); }
  SteadyTime DueAt() const {
    return first_ ? std::min(last_ + quiet_, *first_ + patience_) : SteadyTime::max();
  }
  // The first change has waited so long that acting on it must not be put off again.
  bool Overdue(SteadyTime now) const { return first_ && now >= *first_ + patience_; }

 private:
  SteadyDuration quiet_;
  SteadyDuration patience_;
  SteadyTime last_;
  std::optional<SteadyTime> first_;
};

}  // namespace lookout::app
