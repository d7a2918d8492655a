#include "sim/robots/robot_assets.h"

#include "sim/config/embedded_assets.h"

namespace lookout::sim {

std::string_view RobotMjcf(RobotKind robot) { return EmbeddedRobotMjcf(RobotName(robot)); }

std::string_view RobotName(RobotKind robot) {
  switch (robot) {
    case RobotKind::kPoint:
      return "point";
    case RobotKind::kCar:
      return "car";
    case RobotKind::kDoggo:
      return "doggo";
  }
  return "";
}

}  // namespace lookout::sim
