#include "app/workers/runtime/speed_meter.h"

#include <algorithm>

namespace lookout::app {

void SpeedMeter::Count(SteadyTime now, std::int64_t steps) {
  if (steps <= 0) return;
  total_ += steps;
  ring_[next_] = {now, total_};
  next_ = (next_ + 1) % ring_.size();
  size_ = std::min(size_ + 1, ring_.size());
}

const SpeedMeter::Sample& SpeedMeter::Back(std::size_t age) const {
  return ring_[(next_ + ring_.size() - 1 - age) % ring_.size()];
}

double SpeedMeter::StepsPerSecond(SteadyTime now) const {
  if (size_ < 2) return 0.0;
  std::size_t oldest = 1;
  while (oldest + 1 < size_ && now - Back(oldest + 1).time <= kWindow) ++oldest;
  const double span_s = SecondsOf(Back(0).time - Back(oldest).time);
  if (span_s <= 0.0) return 0.0;
  const double newest_interval_s = SecondsOf(Back(0).time - Back(1).time);
  const double silence_s = SecondsOf(now - Back(0).time);
  if (silence_s > std::max(SecondsOf(kWindow), 2.0 * newest_interval_s)) return 0.0;
  return static_cast<double>(Back(0).total - Back(oldest).total) / span_s;
}

}  // namespace lookout::app
