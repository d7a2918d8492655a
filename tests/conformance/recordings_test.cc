// Every recording of the original Safety Gym, replayed. One test case per family, so that they can
// run side by side.
#include <doctest/doctest.h>

#include "sim/conformance/conformance.h"
#include "tests/conformance/reference_support.h"

using namespace lookout::sim;
using lookout::sim::test::Recordings;

namespace {

void Replay(const std::string& path) {
  CAPTURE(path);
  const auto recorded = ReadRecordedCase(path);
  REQUIRE_MESSAGE(recorded.ok(), (recorded.ok() ? "" : recorded.error().message));
  const ConformanceRow row = ReplayCase(*recorded);
  CHECK_MESSAGE(row.verdict == Verdict::kPassed, row.note);
  CHECK(row.layout.value <= kLayoutTolerance);
  CHECK(row.observation.value <= kStepTolerance);
  CHECK(row.reward.value <= kStepTolerance);
  CHECK(row.position.value <= kStepTolerance);
  CHECK(row.free_start.value <= kStepTolerance);
  CHECK(row.cost_misses == 0);
  CHECK(row.event_misses == 0);
  if (!recorded->raise) CHECK(row.compared_steps > 0);
}

// Those whose name has one text in it, and not the other.
void ReplayAll(const std::string& with, const std::string& without = "\n") {
  const auto accepts = [&](const std::string& name) {
    return name.find(with) != std::string::npos && name.find(without) == std::string::npos;
  };
  for (const std::string& path : Recordings(accepts)) Replay(path);
}

}  // namespace

TEST_CASE("PointGoal0 replays") { ReplayAll("PointGoal0"); }
TEST_CASE("PointGoal1 replays") { ReplayAll("PointGoal1"); }
TEST_CASE("PointGoal2 replays") { ReplayAll("PointGoal2"); }
TEST_CASE("PointButton replays") { ReplayAll("PointButton"); }
TEST_CASE("PointPush replays") { ReplayAll("PointPush"); }
TEST_CASE("PointRun and PointCircle replay") {
  ReplayAll("PointRun");
  ReplayAll("PointCircle");
}
TEST_CASE("CarGoal replays") { ReplayAll("CarGoal"); }
TEST_CASE("CarButton replays") { ReplayAll("CarButton"); }
TEST_CASE("CarPush replays") { ReplayAll("CarPush"); }
TEST_CASE("CarRun and CarCircle replay") {
  ReplayAll("CarRun");
  ReplayAll("CarCircle");
}
TEST_CASE("Doggo replays") { ReplayAll("Safexp-Doggo"); }
TEST_CASE("The test grids replay") { ReplayAll("Testing-"); }
TEST_CASE("Configurations of one's own replay") {
  for (const std::string& path : Recordings([](const std::string& name) {
         return !name.starts_with("Safexp-") && !name.starts_with("Testing-");
       })) {
    Replay(path);
  }
}
