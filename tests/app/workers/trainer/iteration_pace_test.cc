#include "app/workers/trainer/iteration_pace.h"

#include <doctest/doctest.h>

#include "tests/app/workers/trainer_support.h"

namespace lookout::app {
namespace {

using std::chrono_literals::operator""s;

// An iteration that samples for so long, up to half of its work, and then learns for so long.
void Run(IterationPace& pace, std::chrono::seconds sampling, std::chrono::seconds learning) {
  SteadyTime now;
  pace.Begin(now);
  for (int i = 1; i <= 50; ++i) pace.Share(0.01 * i, now + sampling * i / 50);
  for (int i = 1; i <= 50; ++i) pace.Share(0.5 + 0.01 * i, now + sampling + learning * i / 50);
  pace.Finish(now + sampling + learning);
}

TEST_CASE("before the first iteration is known, its time passes as its work is done") {
  IterationPace pace;
  pace.Begin({});
  CHECK(pace.Share(0.3, SteadyTime{} + 1s) == doctest::Approx(0.3));
  CHECK(pace.Share(0.9, SteadyTime{} + 2s) == doctest::Approx(0.9));
}

TEST_CASE("afterwards it passes as in the iteration before") {
  IterationPace pace;
  Run(pace, 99s, 1s);
  pace.Begin({});
  CHECK(pace.Share(0.0, {}) == doctest::Approx(0.0));
  CHECK(pace.Share(0.255, {}) == doctest::Approx(0.505).epsilon(0.02));
  CHECK(pace.Share(0.5, {}) == doctest::Approx(0.99));
  CHECK(pace.Share(1.0, {}) == doctest::Approx(1.0));
  Run(pace, 50s, 150s);
  pace.Begin({});
  CHECK(pace.Share(0.5, {}) == doctest::Approx(0.25));
  CHECK(pace.Share(0.75, {}) == doctest::Approx(0.625));
}

TEST_CASE("work that is left out takes no time, and the share never falls") {
  IterationPace pace;
  pace.Begin({});
  for (int i = 1; i <= 50; ++i) pace.Share(0.01 * i, SteadyTime{} + i * 1s);
  pace.Finish(SteadyTime{} + 50s);  // an early stop: nothing beyond sampling
  pace.Begin({});
  CHECK(pace.Share(0.25, {}) == doctest::Approx(0.5));
  CHECK(pace.Share(0.2, {}) == doctest::Approx(0.5));
  CHECK(pace.Share(0.5, {}) == doctest::Approx(1.0));
  CHECK(pace.Share(0.7, {}) == doctest::Approx(1.0));
}

TEST_CASE("an iteration that is given up teaches nothing") {
  IterationPace pace;
  Run(pace, 99s, 1s);
  pace.Begin({});
  pace.Share(0.4, SteadyTime{} + 1s);
  pace.Begin({});
  CHECK(pace.Share(0.5, {}) == doctest::Approx(0.99));
}

TEST_CASE_FIXTURE(Gymnasium, "the window's progress goes by the time of the iteration before") {
  plan->steps_per_iteration = 200;
  plan->skips_after = 0.5;
  Open();
  Start();
  REQUIRE(Does(1));
  CHECK(Eventually([&] { return Shown().iteration_fraction > 0.75; }));
}

}  // namespace
}  // namespace lookout::app
