// The example environment in which the way is shown at the start and needed at the end.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <memory>
#include <set>
#include <string_view>
#include <utility>

#include "sim/config/config_file.h"
#include "sim/engine/safety_gym.h"

namespace lookout::sim {
namespace {

bool Sees(const SafetyGym& gym, std::string_view key) {
  const auto entries = gym.spec().observation_entries;
  const auto entry = std::ranges::find(entries, key, &ObservationEntry::key);
  REQUIRE(entry != entries.end());
  return gym.observation().segment(entry->offset, entry->size).any();
}

TEST_CASE("in which arm of the T-maze the goal lies is shown for ten steps and then hidden") {
  const auto config = LoadConfigFile(LOOKOUT_SOURCE_DIR "/assets/environments/t_maze.json");
  REQUIRE(config.ok());
  auto created = SafetyGym::Create(*config);
  REQUIRE(created.ok());
  const auto gym = std::move(*created);
  std::set<bool> sides;
  for (std::uint32_t seed = 0; seed < 8; ++seed) {
    REQUIRE(gym->Reset(seed).ok());
    for (int t = 0; t < 10; ++t) {
      CHECK(Sees(*gym, "goal_lidar"));
      (void)gym->Step(Eigen::VectorXd::Zero(2));
    }
    // At the junction nothing tells the arms apart.
    gym->MoveBody(gym->scene().robot_body, {0, 1, 0.1}, {1, 0, 0, 0});
    (void)gym->Step(Eigen::VectorXd::Zero(2));
    CHECK_FALSE(Sees(*gym, "goal_lidar"));
    CHECK(Sees(*gym, "walls_lidar"));
    const double goal_x = gym->Save().goal_position_in_world.x();
    CHECK(std::abs(goal_x) >= 1.4);
    sides.insert(goal_x > 0.0);
  }
  CHECK(sides.size() == 2);
}

}  // namespace
}  // namespace lookout::sim
