// Resets patch a compiled world: however many there were, the next episode is that of its seed.
#include <doctest/doctest.h>
#include <malloc.h>

#include <cmath>
#include <cstddef>
#include <set>

#include "tests/sim/gym_support.h"
#include "tests/support/allocation_counter.h"

using namespace lookout::sim;

namespace {

double DistanceBetween(const Placement& a, const Placement& b) {
  return std::hypot(a.x_m - b.x_m, a.y_m - b.y_m);
}

}  // namespace

TEST_CASE("After thousands of resets memory is flat, and layouts are still those of their seeds") {
  const auto gym = test::MakeGym("Safexp-PointGoal1-v0");
  test::Start(*gym, 0);
  std::size_t early_bytes = 0;
  std::set<double> robots;
  constexpr int kResets = 3000;
  for (int i = 1; i <= kResets; ++i) {
    REQUIRE(gym->ResetNext().ok());
    robots.insert(gym->setup().layout[0].x_m);
    if (i == kResets / 10) early_bytes = mallinfo2().uordblks;
  }
  CHECK(robots.size() == kResets);
  if (lookout::test::CountsAllocations()) {
    // The set of this test grows by some 50 bytes a reset; a model would be 100 kB.
    CHECK(mallinfo2().uordblks < early_bytes + std::size_t{100} * kResets);
  }
  const auto fresh = test::MakeGym("Safexp-PointGoal1-v0");
  test::Start(*fresh, kResets);
  CHECK(fresh->setup().generator_seed == gym->setup().generator_seed);
  CHECK(fresh->observation() == gym->observation());
  lookout::RandomState random(4);
  for (int i = 0; i < 50; ++i) {
    const Eigen::VectorXd action = test::RandomAction(*gym, random);
    CHECK(fresh->Step(action).reward == gym->Step(action).reward);
    CHECK(fresh->observation() == gym->observation());
  }
}

TEST_CASE("Every layout keeps the keep-outs") {
  const EnvironmentConfig config = test::ConfigOf("Safexp-PointPush2-v0");
  const auto gym = test::MakeGym(config);
  test::Start(*gym, 0);
  for (int i = 0; i < 200; ++i) {
    REQUIRE(gym->ResetNext().ok());
    const auto& layout = gym->setup().layout;
    for (std::size_t other = 1; other < layout.size(); ++other) {
      CHECK(DistanceBetween(layout[0], layout[other]) >= config.robot_keepout);
    }
  }
}

TEST_CASE("A layout that cannot be sampled is refused at the reset, with what to change") {
  EnvironmentConfig config = test::ConfigOf("Safexp-PointGoal2-v0");
  config.placements_extents = {-0.5, -0.5, 0.5, 0.5};
  const auto gym = test::MakeGym(config);
  for (int attempt = 0; attempt < 2; ++attempt) {
    const lookout::Status status = attempt == 0 ? gym->Reset(1) : gym->ResetNext();
    REQUIRE_FALSE(status.ok());
    CHECK(status.error().code == lookout::ErrorCode::kBadInput);
    CHECK(status.error().message.find("placements_extents") != std::string::npos);
  }
}
