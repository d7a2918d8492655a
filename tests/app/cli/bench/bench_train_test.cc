#include "app/cli/bench/bench_train.h"

#include <doctest/doctest.h>

#include <cmath>

#include "tests/app/cli/command_line_support.h"

namespace lookout::app {
namespace {

agents::TrainingSettings Small(agents::Algorithm algorithm) {
  return {.algorithm = algorithm,
          .steps_per_iteration = 600,
          .environments = 3,
          .workers = 1,
          .hidden = 8,
          .policy_iterations = 2,
          .value_iterations = 2};
}

TEST_CASE("training is measured by an iteration of a policy that has begun to learn") {
  const auto config = sim::ConfigForId("Safexp-PointGoal1-v0");
  REQUIRE(config.ok());
  const auto measured = MeasureIteration(Small(agents::Algorithm::kPpoLagrangian), *config);
  REQUIRE(measured.ok());
  CHECK(measured->report.iteration == 2);
  // 60 observations, 2 actions: forward, gradient and deltas of the three layers, per column.
  const double body = 4 * 60 * 8 + 6 * 8 * 8;
  const double policy = 600.0 * measured->report.policy_epochs * (body + 6 * 8 * 2);
  const double values = 600.0 * 2 * 2 * (body + 6 * 8 * 1);
  CHECK(measured->update_flops == policy + values);
}

TEST_CASE("the share of the peak is left open where most of the update is not counted") {
  const auto config = sim::ConfigForId("Safexp-PointGoal1-v0");
  REQUIRE(config.ok());
  for (const auto algorithm :
       {agents::Algorithm::kTrpo, agents::Algorithm::kTrpoLagrangian, agents::Algorithm::kCpo}) {
    const auto measured = MeasureIteration(Small(algorithm), *config);
    REQUIRE(measured.ok());
    CHECK(std::isnan(measured->update_flops));
  }
}

TEST_CASE("the table says which iteration it is of") {
  const auto result = Lookout({"bench", "train", "--quick", "--algo", "trpo"});
  REQUIRE_MESSAGE(result.exit_code == 0, result.errors);
  CHECK(result.output.find("trpo, the second iteration") != std::string::npos);
  CHECK(result.output.find("nan") == std::string::npos);
}

}  // namespace
}  // namespace lookout::app
