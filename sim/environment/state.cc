#include "sim/environment/state.h"

namespace lookout::sim {

std::string_view SceneObjectKindName(SceneObjectKind kind) {
  switch (kind) {
    case SceneObjectKind::kRobot:
      return "robot";
    case SceneObjectKind::kGoal:
      return "goal";
    case SceneObjectKind::kHazard:
      return "hazard";
    case SceneObjectKind::kVase:
      return "vase";
    case SceneObjectKind::kPillar:
      return "pillar";
    case SceneObjectKind::kButton:
      return "button";
    case SceneObjectKind::kGremlin:
      return "gremlin";
    case SceneObjectKind::kWall:
      return "wall";
    case SceneObjectKind::kBox:
      return "box";
    case SceneObjectKind::kCircle:
      return "circle";
  }
  return "";
}

}  // namespace lookout::sim
