#include "ui/viewport/overlays/drive_reading.h"

#include <algorithm>

#include "sim/robots/robots.h"
namespace lookout::ui {
std::optional<DriveReading> ReadDrive(sim::RobotKind robot,
                                      const Eigen::Ref<const Eigen::VectorXd>& action) {
  const sim::Robot& known = sim::DescriptorOf(robot);
  if (action.size() != 2) return std::nullopt;
  const double first = std::clamp(action[0] / known.full_action, -1.0, 1.0);
  const double second = std::clamp(action[1] / known.full_action, -1.0, 1.0);
  switch (known.drive) {
    case sim::Drive::kForceAndTurn:
      return DriveReading{first, second};
    case sim::Drive::kTwoWheels:
      return DriveReading{0.5 * (first + second), 0.5 * (first - second)};
    case sim::Drive::kGait:
    case sim::Drive::kNone:
      break;
  }
  return std::nullopt;
}

Eigen::Vector3d ForwardInBody(sim::RobotKind robot) {
  const auto [x, y] = sim::DescriptorOf(robot).forward_in_body;
  return {x, y, 0.0};
}

}  // namespace lookout::ui
