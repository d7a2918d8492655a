// Says how many steps are due so that simulated time runs at a chosen factor of real time. Pure:
// it is told the time. One thread.
#pragma once

#include <cstdint>

#include "app/workers/runtime/steady_time.h"

namespace lookout::app {

class PacingClock {
 public:
  static constexpr double kSlowest = 0.001;
  static constexpr double kFastest = 64.0;
  // A stall longer than this (a slow disk, a suspend) is forgiven instead of caught up with.
  static constexpr std::chrono::milliseconds kMaxCatchUp{100};

  PacingClock(double step_duration_s, SteadyTime now);

  // Each starts counting afresh: the next step is due one period after `now`.
  void Restart(SteadyTime now);
  void SetStepDuration(double step_duration_s, SteadyTime now);
  // ui::kUnlimitedSpeed, or a factor that is clamped to [kSlowest, kFastest].
  void SetFactor(double factor, SteadyTime now);

  double factor() const { return factor_; }
  bool unlimited() const;

  // Steps that should have been taken by now and were not; INT64_MAX if unlimited.
  std::int64_t StepsDue(SteadyTime now);
  // These were taken.
  void Took(std::int64_t steps) { taken_ += steps; }
  // When the next step is due; the distant past if unlimited.
  SteadyTime NextDue() const;

 private:
  double PeriodSeconds() const { return step_duration_s_ / factor_; }

  double step_duration_s_;
  double factor_ = 1.0;
  SteadyTime origin_;
  std::int64_t taken_ = 0;  // since origin_
};

}  // namespace lookout::app
