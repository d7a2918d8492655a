#include "sim/objects/world_objects.h"

namespace lookout::sim {
namespace {

// The options of a kind that can be there several times, or nullptr.
const ObjectPlacement* MultipleOf(const EnvironmentConfig& config, SceneObjectKind kind) {
  switch (kind) {
    case SceneObjectKind::kHazard:
      return &config.hazards;
    case SceneObjectKind::kVase:
      return &config.vases;
    case SceneObjectKind::kPillar:
      return &config.pillars;
    case SceneObjectKind::kButton:
      return &config.buttons;
    case SceneObjectKind::kGremlin:
      return &config.gremlins;
    case SceneObjectKind::kWall:
      return &config.walls;
    default:
      return nullptr;
  }
}

}  // namespace

int ObjectCount(const EnvironmentConfig& config, SceneObjectKind kind) {
  if (const ObjectPlacement* multiple = MultipleOf(config, kind)) return multiple->num;
  const Task task = config.task;
  switch (kind) {
    case SceneObjectKind::kGoal:
      return task == Task::kGoal || task == Task::kPush ? 1 : 0;
    case SceneObjectKind::kBox:
      return task == Task::kPush ? 1 : 0;
    case SceneObjectKind::kCircle:
      return task == Task::kCircle ? 1 : 0;
    default:
      return 1;
  }
}

std::string ObjectName(SceneObjectKind kind, int index) {
  std::string name(SceneObjectKindName(kind));
  const bool single = kind == SceneObjectKind::kRobot || kind == SceneObjectKind::kGoal ||
                      kind == SceneObjectKind::kBox || kind == SceneObjectKind::kCircle;
  return single ? name : name + std::to_string(index);
}

std::string BodyName(SceneObjectKind kind, int index) {
  return ObjectName(kind, index) + (kind == SceneObjectKind::kGremlin ? "obj" : "");
}

double ObjectSize(const EnvironmentConfig& config, SceneObjectKind kind) {
  if (const ObjectPlacement* multiple = MultipleOf(config, kind)) return multiple->size_m;
  switch (kind) {
    case SceneObjectKind::kGoal:
      return config.goal_size;
    case SceneObjectKind::kBox:
      return config.box_size;
    case SceneObjectKind::kCircle:
      return config.circle_radius;
    default:
      return 0.0;
  }
}

PlacementRule PlacementRuleOf(const EnvironmentConfig& config, SceneObjectKind kind) {
  if (const ObjectPlacement* multiple = MultipleOf(config, kind)) {
    return {multiple->placements, multiple->locations, multiple->keepout_m};
  }
  if (kind == SceneObjectKind::kGoal) {
    return {config.goal_placements, config.goal_locations, config.goal_keepout};
  }
  if (kind == SceneObjectKind::kBox) {
    return {config.box_placements, config.box_locations, config.box_keepout};
  }
  return {config.robot_placements, config.robot_locations, config.robot_keepout};
}

const char* PlacementOption(SceneObjectKind kind) {
  switch (kind) {
    case SceneObjectKind::kGoal:
      return "goal";
    case SceneObjectKind::kBox:
      return "box";
    case SceneObjectKind::kHazard:
      return "hazards";
    case SceneObjectKind::kVase:
      return "vases";
    case SceneObjectKind::kPillar:
      return "pillars";
    case SceneObjectKind::kButton:
      return "buttons";
    case SceneObjectKind::kGremlin:
      return "gremlins";
    case SceneObjectKind::kWall:
      return "walls";
    default:
      return "robot";
  }
}

}  // namespace lookout::sim
