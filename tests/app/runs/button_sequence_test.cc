// The example environment in which the next button is shown once.
#include <doctest/doctest.h>

#include <algorithm>
#include <memory>
#include <set>
#include <string_view>
#include <utility>

#include "sim/config/config_file.h"
#include "sim/engine/safety_gym.h"

namespace lookout::sim {
namespace {

// The robot is put beside a button, touching it, and a step is taken.
StepResult Press(SafetyGym& gym, const EnvironmentConfig& config, int button) {
  const Point2 at = config.buttons.locations.at(static_cast<std::size_t>(button));
  gym.MoveBody(gym.scene().robot_body, {0.93 * at[0], 0.93 * at[1], 0.1}, {1, 0, 0, 0});
  return gym.Step(Eigen::VectorXd::Zero(2));
}

TEST_CASE("which button comes next is shown once, among walls, and then has to be remembered") {
  const auto config =
      LoadConfigFile(LOOKOUT_SOURCE_DIR "/assets/environments/button_sequence.json");
  REQUIRE(config.ok());
  auto created = SafetyGym::Create(*config);
  REQUIRE(created.ok());
  const auto gym = std::move(*created);
  REQUIRE(gym->Reset(3).ok());
  const auto sees = [&](std::string_view key) {
    const auto entries = gym->spec().observation_entries;
    const auto entry = std::ranges::find(entries, key, &ObservationEntry::key);
    REQUIRE(entry != entries.end());
    return gym->observation().segment(entry->offset, entry->size).any();
  };
  const Eigen::VectorXd still = Eigen::VectorXd::Zero(2);
  std::set<int> asked;
  for (int goal = 0; goal < 6; ++goal) {
    // Far from everything, so that the time alone passes.
    gym->MoveBody(gym->scene().robot_body, {0, 0, 0.1}, {1, 0, 0, 0});
    const int button = gym->Save().goal_button;
    asked.insert(button);
    for (int t = 0; t < 49; ++t) {
      CHECK(sees("goal_lidar"));
      (void)gym->Step(still);
    }
    (void)gym->Step(still);
    CHECK_FALSE(sees("goal_lidar"));
    CHECK(sees("buttons_lidar"));
    CHECK(sees("walls_lidar"));
    const StepResult wrong = Press(*gym, *config, (button + 1) % 4);
    CHECK_FALSE(wrong.goal_met);
    CHECK(wrong.costs[CostKind::kButtons] > 0.0);
    CHECK_FALSE(sees("goal_lidar"));
    CHECK(Press(*gym, *config, button).goal_met);
  }
  CHECK(asked.size() > 1);
}

}  // namespace
}  // namespace lookout::sim
