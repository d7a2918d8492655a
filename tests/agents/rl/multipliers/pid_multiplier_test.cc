#include "agents/rl/multipliers/pid_multiplier.h"

#include <doctest/doctest.h>

#include <cmath>
#include <string>

#include "agents/rl/multipliers/multiplier.h"
#include "agents/rl/settings/unmet_limit.h"

namespace lookout::agents {
namespace {

TEST_CASE("the response to known costs, by hand") {
  // No smoothing, looking back one update: lambda = 2 D + I + 3 max(0, rise), I += D / 2.
  PidMultiplier pid(
      1.0, {.proportional = 2.0, .integral = 0.5, .derivative = 3.0, .smoothing = 0.0, .delay = 1});
  CHECK(pid.value() == 1.0);
  pid.Update(27.0, 25.0);  // D = 2, I = 2, no past to rise from
  CHECK(pid.value() == doctest::Approx(2.0 * 2.0 + 2.0));
  pid.Update(29.0, 25.0);  // D = 4, I = 4, rise 2
  CHECK(pid.value() == doctest::Approx(2.0 * 4.0 + 4.0 + 3.0 * 2.0));
  pid.Update(26.0, 25.0);  // D = 1, I = 4.5; a fall does not count
  CHECK(pid.value() == doctest::Approx(2.0 * 1.0 + 4.5));
  pid.Update(15.0, 25.0);  // D = -10, I = max(0, 4.5 - 5)
  CHECK(pid.value() == 0.0);
  pid.Update(25.0, 25.0);  // D = 0, I = 0, rise 10
  CHECK(pid.value() == doctest::Approx(3.0 * 10.0));
}

TEST_CASE("smoothing weighs the past, and the derivative looks back as far as it is told to") {
  PidMultiplier pid(
      0.0,
      {.proportional = 1.0, .integral = 1e-9, .derivative = 1.0, .smoothing = 0.5, .delay = 2});
  const auto expect = [&pid](double cost, double excess, double rise) {
    pid.Update(cost, 0.0);
    CHECK(pid.value() == doctest::Approx(excess + rise).epsilon(1e-6));
  };
  expect(8.0, 8.0, 0.0);
  expect(16.0, 12.0, 4.0);  // the smooth cost is 12, against 8
  expect(16.0, 14.0, 6.0);  // 14 against 8
  expect(16.0, 15.0, 3.0);  // 15 against 12
  expect(16.0, 15.5, 1.5);  // 15.5 against 14
}

TEST_CASE("it never becomes negative, and its integral does not wind up below zero") {
  PidMultiplier pid(1.0, {});
  for (int i = 0; i < 1000; ++i) {
    pid.Update(0.0, 25.0);
    CHECK(pid.value() >= 0.0);
  }
  CHECK(pid.value() == 0.0);
  PidMultiplier integral(1.0, {.proportional = 0.0, .derivative = 0.0});
  for (int i = 0; i < 1000; ++i) integral.Update(0.0, 25.0);
  integral.Update(35.0, 25.0);
  CHECK(integral.value() == doctest::Approx(0.1));
}

TEST_CASE("against a cost that falls with it, it settles where the cost equals the limit") {
  PidMultiplier pid(1.0, {});
  const auto cost = [&] { return 100.0 / (1.0 + pid.value()); };
  for (int i = 0; i < 5000; ++i) pid.Update(cost(), 25.0);
  CHECK(pid.value() == doctest::Approx(3.0).epsilon(1e-3));
}

TEST_CASE("at its cap the integral rises no further, so that lambda falls as soon as it can") {
  const PidGains gains{.proportional = 0.0, .integral = 0.5, .derivative = 0.0};
  PidMultiplier held(1.0, gains, {.highest = 10.0, .anti_windup = true});
  PidMultiplier wound(1.0, gains, {.highest = 10.0, .anti_windup = false});
  for (int i = 0; i < 100; ++i) {
    held.Update(45.0, 25.0);
    wound.Update(45.0, 25.0);
  }
  CHECK(held.value() == 10.0);
  CHECK(wound.value() == 10.0);
  held.Update(15.0, 25.0);
  wound.Update(15.0, 25.0);
  CHECK(held.value() == doctest::Approx(5.0));
  CHECK(wound.value() == 10.0);
}

TEST_CASE("what the other terms add counts against the room below the cap, by hand") {
  PidMultiplier pid(
      1.0, {.proportional = 2.0, .integral = 0.5, .derivative = 0.0, .smoothing = 0.0, .delay = 1},
      {.highest = 10.0});
  pid.Update(29.0, 25.0);  // D = 4: I may rise to 10 - 8 = 2, not to 3
  CHECK(pid.value() == 10.0);
  pid.Update(25.0, 25.0);  // D = 0
  CHECK(pid.value() == doctest::Approx(2.0));
  pid.Update(35.0, 25.0);  // D = 10: no room, and I stays
  CHECK(pid.value() == 10.0);
  pid.Update(25.0, 25.0);
  CHECK(pid.value() == doctest::Approx(2.0));
}

TEST_CASE("a controller goes on from what it wrote") {
  PidMultiplier pid(1.0, {.delay = 3});
  for (const double cost : {30.0, 60.0, 20.0, 50.0, 40.0}) pid.Update(cost, 25.0);
  ArchiveWriter writer("test", 1);
  pid.Encode(writer);
  const std::string bytes = writer.Finish();
  auto reader = ArchiveReader::Open(bytes, "test", 1, "the file");
  REQUIRE(reader.ok());
  PidMultiplier copy(7.0, {.delay = 3});
  copy.Decode(*reader);
  REQUIRE(reader->Finish().ok());
  CHECK(copy.value() == pid.value());
  for (const double cost : {70.0, 10.0}) {
    pid.Update(cost, 25.0);
    copy.Update(cost, 25.0);
    CHECK(copy.value() == pid.value());
  }
}

TEST_CASE("the settings choose the kind, and an iteration without an episode changes nothing") {
  TrainingSettings settings;
  settings.initial_multiplier = 0.7;
  for (const auto kind :
       {MultiplierKind::kLagrange, MultiplierKind::kPid, MultiplierKind::kFixed}) {
    settings.multiplier_kind = kind;
    Multiplier multiplier(settings);
    CHECK(multiplier.value() == doctest::Approx(0.7).epsilon(1e-5));
    const double before = multiplier.value();
    multiplier.Update(std::nan(""), 25.0);
    CHECK(multiplier.value() == before);
    multiplier.Update(60.0, 25.0);
    CHECK((multiplier.value() > before) == (kind != MultiplierKind::kFixed));
  }
}

TEST_CASE("a cap of 0 is none, and one of the settings holds both kinds that learn") {
  TrainingSettings settings;
  settings.algorithm = Algorithm::kPpoLagrangian;
  settings.multiplier_learning_rate = 1.0;
  settings.pid_integral = 1.0;
  for (const auto kind : {MultiplierKind::kLagrange, MultiplierKind::kPid}) {
    settings.multiplier_kind = kind;
    for (const double cap : {0.0, 5.0}) {
      settings.multiplier_cap = cap;
      Multiplier multiplier(settings);
      for (int i = 0; i < 50; ++i) multiplier.Update(200.0, 25.0);
      CHECK(IsAtCap(settings, multiplier.value()) == (cap > 0.0));
      CHECK((multiplier.value() > 5.0) == (cap == 0.0));
    }
  }
}

}  // namespace
}  // namespace lookout::agents
