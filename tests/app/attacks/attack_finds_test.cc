#include "app/attacks/attack_finds.h"

#include <doctest/doctest.h>

#include "app/project/project.h"
#include "sim/config/config_file.h"
#include "tests/support/scratch_folder.h"

namespace lookout::app {
namespace {

// The robot in the middle of PointGoal1's first hazard.
agents::AttackedMoment InHazard() {
  agents::AttackedMoment moment{.seed = 3, .world = *sim::ConfigForId("PointGoal1")};
  const auto gym = agents::WorldOf(moment);
  for (const sim::Placement& placed : (*gym)->setup().layout) {
    if (placed.name != "hazard0") continue;
    moment.x_m = placed.x_m;
    moment.y_m = placed.y_m;
  }
  moment.heading_rad = 1.2;
  moment.action = Eigen::Vector2d(0.0, 0.3);
  return moment;
}

}  // namespace

TEST_CASE("attack finds: the environment of a moment begins with the robot there") {
  const agents::AttackedMoment moment = InHazard();
  const auto text = EnvironmentOf(moment, {});
  REQUIRE(text.ok());
  const auto config = sim::ParseConfigText(*text, "there");
  REQUIRE(config.ok());
  const auto gym = sim::SafetyGym::Create(*config);
  REQUIRE(gym.ok());
  REQUIRE((*gym)->Reset(99).ok());
  const Eigen::Vector3d robot = (*gym)->robot_position_in_world();
  CHECK(std::abs(robot.x() - moment.x_m) < 1e-8);
  CHECK(std::abs(robot.y() - moment.y_m) < 1e-8);
}

TEST_CASE("attack finds: a recorded moment is an episode whose first step is charged") {
  const test::ScratchFolder scratch;
  auto project = Project::Open(scratch / "finds.lookout", ProjectAccess::kReadWrite);
  REQUIRE(project.ok());
  REQUIRE(RecordMoment(InHazard(), {}, **project).ok());
  const auto episodes = (*project)->Episodes();
  REQUIRE(episodes.ok());
  REQUIRE(episodes->size() == 1);
  const auto chunks = (*project)->LoadSteps(episodes->front().header.id);
  REQUIRE(chunks.ok());
  REQUIRE(chunks->front()->steps.size() == 1 + kShownSteps);
  CHECK(chunks->front()->steps[1].costs.total == 1.0);
}

}  // namespace lookout::app
