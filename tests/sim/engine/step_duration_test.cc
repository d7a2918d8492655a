#include "sim/engine/step_duration.h"

#include <doctest/doctest.h>

#include <string>

#include "sim/config/suite.h"
#include "sim/engine/safety_gym.h"

namespace lookout::sim {
namespace {

double StepOfWorld(const EnvironmentConfig& config) {
  return SafetyGym::Create(config).value()->spec().step_duration_s;
}

TEST_CASE("a step takes as long as in the world that is made") {
  for (const char* robot : {"Point", "Car", "Doggo"}) {
    CAPTURE(robot);
    auto config = ConfigForId(std::string("Safexp-") + robot + "Goal0-v0").value();
    CHECK(StepDurationOf(config) == StepOfWorld(config));
    config.frameskip_binom_n = 3;
    CHECK(StepDurationOf(config) == StepOfWorld(config));
    config.timestep_s = 0.001;
    CHECK(StepDurationOf(config) == StepOfWorld(config));
  }
  // What differs between robots must not be taken for the usual 20 ms.
  CHECK(StepDurationOf(ConfigForId("Safexp-CarGoal0-v0").value()) == doctest::Approx(0.04));
}

}  // namespace
}  // namespace lookout::sim
