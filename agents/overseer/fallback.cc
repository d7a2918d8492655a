#include "agents/overseer/fallback.h"

#include <algorithm>

namespace lookout::agents {
namespace {

// Point's motor gives all its force from 5 % on, so that it is full astern above 0.06 m/s.
constexpr double kBrakeGain = 0.8;  // per m/s ahead

}  // namespace

Result<Fallback> Fallback::Create(const sim::EnvironmentConfig& config,
                                  const sim::EnvironmentSpec& spec) {
  auto drive = RobotDrive::For(config.robot_base, spec);
  if (!drive.ok()) return drive.error();
  return Fallback(*drive);
}

void Fallback::Brake(const sim::SafetyGym& gym, Eigen::VectorXd& action) const {
  DriveCommand command;
  if (drive_.robot().drive == sim::Drive::kForceAndTurn) {
    // Without force it coasts for most of a metre; the others stand as soon as nothing drives them.
    const Eigen::Vector3d ahead = gym.world_from_robot_rotation().col(0);
    command.forward = std::clamp(-kBrakeGain * gym.robot_velocity_in_world().dot(ahead), -1.0, 1.0);
  }
  DriveMemory memory;
  drive_.Act(command, memory, action);
}

}  // namespace lookout::agents
