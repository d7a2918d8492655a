#include "app/workers/player/pacing_clock.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "ui/snapshots.h"

namespace lookout::app {

PacingClock::PacingClock(double step_duration_s, SteadyTime now)
    : step_duration_s_(step_duration_s), origin_(now) {}

void PacingClock::Restart(SteadyTime now) {
  origin_ = now;
  taken_ = 0;
}

void PacingClock::SetStepDuration(double step_duration_s, SteadyTime now) {
  step_duration_s_ = step_duration_s;
  Restart(now);
}

void PacingClock::SetFactor(double factor, SteadyTime now) {
  const bool no_limit = factor == ui::kUnlimitedSpeed || !std::isfinite(factor);
  factor_ = no_limit ? ui::kUnlimitedSpeed : std::clamp(factor, kSlowest, kFastest);
  Restart(now);
}

bool PacingClock::unlimited() const { return factor_ == ui::kUnlimitedSpeed; }

std::int64_t PacingClock::StepsDue(SteadyTime now) {
  if (unlimited()) return std::numeric_limits<std::int64_t>::max();
  const double behind_s = SecondsOf(now - origin_) - static_cast<double>(taken_) * PeriodSeconds();
  const double allowed_s = std::max(SecondsOf(kMaxCatchUp), PeriodSeconds());
  if (behind_s > allowed_s) {
    origin_ = now - DurationOf(allowed_s);
    taken_ = 0;
  }
  const double elapsed_s = SecondsOf(now - origin_);
  // The tenth of a microsecond absorbs the rounding of periods to clock ticks.
  const double should_have = std::floor((elapsed_s + 1e-7) / PeriodSeconds());
  return std::max<std::int64_t>(0, static_cast<std::int64_t>(should_have) - taken_);
}

SteadyTime PacingClock::NextDue() const {
  if (unlimited()) return SteadyTime::min();
  return origin_ + DurationOf(static_cast<double>(taken_ + 1) * PeriodSeconds());
}

}  // namespace lookout::app
