// Which objects a configuration asks for, what they are called and where they may stand.
// The three orders below are Safety Gym's: draws, rotations and body ids depend on them. Any
// thread.
#pragma once

#include <array>
#include <string>

#include "sim/config/config.h"
#include "sim/environment/state.h"

namespace lookout::sim {

inline constexpr int kSceneObjectKindCount = 10;

// Order in which places are drawn.
inline constexpr std::array kPlacementOrder{
    SceneObjectKind::kRobot, SceneObjectKind::kWall,   SceneObjectKind::kGoal,
    SceneObjectKind::kBox,   SceneObjectKind::kButton, SceneObjectKind::kHazard,
    SceneObjectKind::kVase,  SceneObjectKind::kPillar, SceneObjectKind::kGremlin};

// Order of the bodies in the model.
inline constexpr std::array kBodyOrder{SceneObjectKind::kRobot,   SceneObjectKind::kVase,
                                       SceneObjectKind::kGremlin, SceneObjectKind::kBox,
                                       SceneObjectKind::kGoal,    SceneObjectKind::kHazard,
                                       SceneObjectKind::kPillar,  SceneObjectKind::kWall,
                                       SceneObjectKind::kButton,  SceneObjectKind::kCircle};

// Rotations are drawn in the order of the bodies; walls and the circle are never turned.
constexpr bool IsTurned(SceneObjectKind kind) {
  return kind != SceneObjectKind::kWall && kind != SceneObjectKind::kCircle;
}

// Has a free joint, so that it can be pushed away.
constexpr bool IsFree(SceneObjectKind kind) {
  return kind == SceneObjectKind::kVase || kind == SceneObjectKind::kGremlin ||
         kind == SceneObjectKind::kBox;
}

int ObjectCount(const EnvironmentConfig& config, SceneObjectKind kind);

// "robot", "goal", "box", "circle", or with the index "hazard3".
std::string ObjectName(SceneObjectKind kind, int index);

// The name of the body in the model: that of the object, but "gremlin0obj".
std::string BodyName(SceneObjectKind kind, int index);

// Radius or half-size, metres; 0 for the robot, whose shape is its own matter.
double ObjectSize(const EnvironmentConfig& config, SceneObjectKind kind);

// Where objects of one kind may be placed.
struct PlacementRule {
  const std::optional<std::vector<Rectangle>>& placements;
  const std::vector<Point2>& locations;
  double keepout_m = 0.0;
};
PlacementRule PlacementRuleOf(const EnvironmentConfig& config, SceneObjectKind kind);

// What the names of those options begin with: "hazards" of hazards_placements.
const char* PlacementOption(SceneObjectKind kind);

}  // namespace lookout::sim
