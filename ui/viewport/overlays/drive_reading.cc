#include "ui/viewport/overlays/drive_reading.h"

#include <algorithm>

namespace lookout::ui {
namespace {

// The Car's wheels give no more torque than at this action (assets/robots/car.xml).
constexpr double kFullWheel = 0.02;

double Wheel(double action) { return std::clamp(action / kFullWheel, -1.0, 1.0); }

}  // namespace

std::optional<DriveReading> ReadDrive(sim::RobotKind robot,
                                      const Eigen::Ref<const Eigen::VectorXd>& action) {
  if (action.size() != 2 || robot == sim::RobotKind::kDoggo) return std::nullopt;
  if (robot == sim::RobotKind::kPoint) {
    return DriveReading{std::clamp(action[0], -1.0, 1.0), std::clamp(action[1], -1.0, 1.0)};
  }
  const double left = Wheel(action[0]);
  const double right = Wheel(action[1]);
  return DriveReading{0.5 * (left + right), 0.5 * (left - right)};
}

Eigen::Vector3d ForwardInBody(sim::RobotKind robot) {
  if (robot == sim::RobotKind::kCar) return -Eigen::Vector3d::UnitY();
  return Eigen::Vector3d::UnitX();
}

}  // namespace lookout::ui
