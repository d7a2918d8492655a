#include "app/cli/bench/bench_env.h"

#include <doctest/doctest.h>

#include "tests/app/cli/command_line_support.h"

namespace lookout::app {
namespace {

const EnvBenchOptions kQuick{.quick = true};

TEST_CASE("The benchmark is the suite's 27 levels") {
  const std::vector<std::string> ids = BenchmarkIds();
  CHECK(ids.size() == 27);
  CHECK(ids.front() == "Safexp-PointGoal0-v0");
  CHECK(ids.back() == "Safexp-DoggoPush2-v0");
}

TEST_CASE("A measurement has two speeds, and hashes that do not depend on the time it took") {
  for (const char* id : {"Safexp-PointGoal1-v0", "Safexp-CarButton1-v0"}) {
    CAPTURE(id);
    const auto first = MeasureEnvironment(id, kQuick);
    const auto again = MeasureEnvironment(id, kQuick);
    REQUIRE(first.ok());
    REQUIRE(again.ok());
    CHECK(first->plain_steps_per_s > 0);
    CHECK(first->full_steps_per_s > 0);
    CHECK(first->ratio() == first->full_steps_per_s / first->plain_steps_per_s);
    CHECK(first->plain_hash == again->plain_hash);
    CHECK(first->full_hash == again->full_hash);
  }
}

TEST_CASE("More threads reach the same states") {
  EnvBenchOptions options = kQuick;
  options.workers = 3;
  const auto row = MeasureWorkers("Safexp-PointGoal2-v0", options);
  REQUIRE(row.ok());
  CHECK(row->same_states);
  CHECK(row->many_steps_per_s > 0);
}

TEST_CASE("An environment that does not exist is refused") {
  const auto refused = Lookout({"bench", "env", "--env", "Safexp-PointGaol1-v0", "--quick"});
  CHECK(refused.exit_code == 4);
  CHECK(refused.errors.find("Safexp-PointGaol1-v0") != std::string::npos);
}

}  // namespace
}  // namespace lookout::app
