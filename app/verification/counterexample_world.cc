#include "app/verification/counterexample_world.h"

#include <nlohmann/json.hpp>

#include "sim/objects/object_kinds.h"
#include "sim/objects/world_objects.h"

namespace lookout::app {
namespace {

// Where the objects of a kind stand, in order. The goal of a layout is only a first draw, and what
// moves by itself begins where the layout has it.
nlohmann::json PlacesOf(const sim::SafetyGym& gym, sim::SceneObjectKind kind) {
  nlohmann::json places = nlohmann::json::array();
  if (kind == sim::SceneObjectKind::kGoal) {
    Eigen::Matrix3Xd positions;
    gym.ObjectPositions(positions);
    for (std::size_t i = 0; i < gym.scene().objects.size(); ++i) {
      const auto column = static_cast<Eigen::Index>(i);
      if (gym.scene().objects[i].kind != kind) continue;
      places.push_back({positions(0, column), positions(1, column)});
    }
    return places;
  }
  for (int i = 0; i < sim::ObjectCount(gym.config(), kind); ++i) {
    const std::string name = sim::ObjectName(kind, i);
    for (const sim::Placement& placed : gym.setup().layout) {
      if (placed.name == name) places.push_back({placed.x_m, placed.y_m});
    }
  }
  return places;
}

}  // namespace

std::string WorldFrom(const sim::SafetyGym& gym, const RobotPose& pose) {
  nlohmann::json options = sim::ConfigToJson(gym.config());
  for (const sim::SceneObjectKind kind : sim::PlacementOrder()) {
    const std::string option(sim::DescriptorOf(kind).option);
    options[option + "_locations"] = PlacesOf(gym, kind);
    options[option + "_keepout"] = 0.0;
    if (options.contains("constrain_" + option)) options["constrain_" + option] = false;
  }
  options["robot_locations"] = {{pose.x_m, pose.y_m}};
  options["robot_rot"] = pose.heading_rad;
  options["placements_margin"] = 0.0;
  return options.dump(2) + "\n";
}

}  // namespace lookout::app
