#include <doctest/doctest.h>

#include <initializer_list>

#include "app/workers/player/pacing_clock.h"
#include "app/workers/runtime/debounce.h"
#include "app/workers/runtime/speed_meter.h"
#include "ui/snapshots.h"

namespace lookout::app {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr SteadyTime kPaceStart{seconds(1000)};

TEST_CASE("fifty steps are due in a second of real time, the first after one period") {
  PacingClock clock(0.02, kPaceStart);
  CHECK(clock.StepsDue(kPaceStart) == 0);
  CHECK(clock.NextDue() == kPaceStart + milliseconds(20));
  CHECK(clock.StepsDue(kPaceStart + milliseconds(19)) == 0);
  CHECK(clock.StepsDue(kPaceStart + milliseconds(20)) == 1);
  std::int64_t taken = 0;
  for (int ms = 1; ms <= 1000; ++ms) {
    const std::int64_t due = clock.StepsDue(kPaceStart + milliseconds(ms));
    CHECK(due <= 1);
    clock.Took(due);
    taken += due;
  }
  CHECK(taken == 50);
}

TEST_CASE("the factor scales the pace from a thousandth to sixty-four times") {
  PacingClock clock(0.02, kPaceStart);
  clock.SetFactor(0.001, kPaceStart);
  CHECK(clock.NextDue() == kPaceStart + seconds(20));
  CHECK(clock.StepsDue(kPaceStart + milliseconds(19'999)) == 0);
  CHECK(clock.StepsDue(kPaceStart + seconds(20)) == 1);
  clock.SetFactor(64.0, kPaceStart);
  CHECK(clock.StepsDue(kPaceStart + milliseconds(50)) == 160);
  clock.SetFactor(1e9, kPaceStart);
  CHECK(clock.factor() == PacingClock::kFastest);
  clock.SetFactor(1e-9, kPaceStart);
  CHECK(clock.factor() == PacingClock::kSlowest);
}

TEST_CASE("unlimited speed is always due, and so is nonsense rather than never") {
  PacingClock clock(0.02, kPaceStart);
  clock.SetFactor(ui::kUnlimitedSpeed, kPaceStart);
  CHECK(clock.unlimited());
  CHECK(clock.StepsDue(kPaceStart) > 1'000'000);
  CHECK(clock.NextDue() < kPaceStart);
}

TEST_CASE("a stall is forgiven beyond a tenth of a second") {
  PacingClock clock(0.02, kPaceStart);
  const SteadyTime after_suspend = kPaceStart + seconds(3600);
  CHECK(clock.StepsDue(after_suspend) == 5);
  clock.Took(5);
  CHECK(clock.StepsDue(after_suspend) == 0);
  CHECK(clock.StepsDue(after_suspend + milliseconds(20)) == 1);
}

TEST_CASE("a short hiccup is caught up with exactly") {
  PacingClock clock(0.02, kPaceStart);
  CHECK(clock.StepsDue(kPaceStart + milliseconds(90)) == 4);
  clock.Took(4);
  CHECK(clock.StepsDue(kPaceStart + milliseconds(100)) == 1);
}

TEST_CASE("the meter tells the pace over the last half second") {
  SpeedMeter meter;
  CHECK(meter.StepsPerSecond(kPaceStart) == 0.0);
  SteadyTime now = kPaceStart;
  for (int i = 0; i < 200; ++i) meter.Count(now += milliseconds(20), 1);
  CHECK(meter.StepsPerSecond(now) == doctest::Approx(50.0));
  for (int i = 0; i < 60; ++i) meter.Count(now += milliseconds(10), 32);
  CHECK(meter.StepsPerSecond(now) == doctest::Approx(3200.0));
  CHECK(meter.StepsPerSecond(now + seconds(1)) == 0.0);  // nothing came
  meter.Clear();
  CHECK(meter.StepsPerSecond(now) == 0.0);
}

TEST_CASE("the meter knows a pace that is slower than its window") {
  SpeedMeter meter;
  meter.Count(kPaceStart, 1);
  meter.Count(kPaceStart + seconds(20), 1);
  CHECK(meter.StepsPerSecond(kPaceStart + seconds(30)) == doctest::Approx(0.05));
  CHECK(meter.StepsPerSecond(kPaceStart + seconds(61)) == 0.0);
}

TEST_CASE("changes settle after a quiet second, or when patience ends") {
  Debounce changes(seconds(1), seconds(4));
  CHECK_FALSE(changes.pending());
  CHECK(changes.DueAt() == SteadyTime::max());
  changes.Change(kPaceStart);
  CHECK(changes.DueAt() == kPaceStart + seconds(1));
  changes.Change(kPaceStart + milliseconds(900));
  CHECK(changes.DueAt() == kPaceStart + milliseconds(1900));
  changes.Change(kPaceStart + milliseconds(3500));
  CHECK(changes.DueAt() == kPaceStart + seconds(4));
  CHECK_FALSE(changes.Overdue(kPaceStart + milliseconds(3999)));
  CHECK(changes.Overdue(kPaceStart + seconds(4)));
}

TEST_CASE("a change that was given up for a newer one keeps its place in the queue") {
  Debounce changes(seconds(1), seconds(4));
  changes.Change(kPaceStart);
  const auto since = changes.Settle();
  CHECK_FALSE(changes.pending());
  changes.Change(kPaceStart + seconds(2));
  changes.Unsettle(since);
  CHECK(changes.DueAt() == kPaceStart + seconds(3));
  changes.Change(kPaceStart + milliseconds(3900));
  CHECK(changes.DueAt() == kPaceStart + seconds(4));
}

}  // namespace
}  // namespace lookout::app
