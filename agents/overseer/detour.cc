#include "agents/overseer/detour.h"

#include <algorithm>
#include <cmath>

#include "agents/policies/scripted/wrap_angle.h"

namespace lookout::agents {
namespace {

constexpr int kStuckBlocks = 15;        // more of them than passes
constexpr double kStuck_mps = 0.15;     // slower than this
constexpr int kMostSteps = 300;         // of one detour
constexpr int kTurnBackBlocks = 50;     // on the way: then the other way round
constexpr double kStandOff_m = 0.12;    // beyond what may be met
constexpr double kPast_m = 0.05;        // so far from things the course has to lead past them
constexpr double kPastAhead_m = 0.8;    // those that are this near
constexpr double kDetour_mps = 0.6;     // not faster than this
constexpr double kSameTrouble_m = 0.5;  // stuck so near the last place: the other side is tried

double Cross(const Eigen::Vector2d& a, const Eigen::Vector2d& b) {
  return a.x() * b.y() - a.y() * b.x();
}

Eigen::Vector2d Forward(const sim::SafetyGym& gym, const sim::Robot& robot) {
  const auto [x, y] = robot.forward_in_body;
  return (gym.world_from_robot_rotation() * Eigen::Vector3d(x, y, 0.0)).head<2>().normalized();
}

}  // namespace

std::optional<Detour> Detour::For(const sim::EnvironmentConfig& config,
                                  const sim::EnvironmentSpec& spec) {
  const sim::Drive drive = sim::DescriptorOf(config.robot_base).drive;
  if (drive != sim::Drive::kForceAndTurn && drive != sim::Drive::kTwoWheels) return {};
  const auto robot = RobotDrive::For(config.robot_base, spec);
  if (!robot) return {};
  return Detour(*robot);
}

void Detour::BeginEpisode() {
  End();
  tries_ = 0;
}

void Detour::End() {
  thing_ = -1;
  blocks_ = 0;
  steps_ = 0;
  blocked_steps_ = 0;
}

void Detour::NotePass() { blocks_ = std::max(0, blocks_ - 1); }

void Detour::NoteBlock(const sim::SafetyGym& gym, const Surroundings& now, int object) {
  ++blocks_;
  const bool slow = gym.robot_velocity_in_world().head<2>().norm() < kStuck_mps;
  if (blocks_ < kStuckBlocks || !slow || object < 0) return;
  for (std::size_t i = 0; i < now.things().size(); ++i) {
    if (now.things()[i].object == object) thing_ = static_cast<int>(i);
  }
  if (thing_ < 0) return;
  object_ = object;
  steps_ = 0;
  blocked_steps_ = 0;
  const Eigen::Vector2d place = gym.robot_position_in_world().head<2>();
  course_ = Forward(gym, drive_.robot());
  const Eigen::Vector2d offset =
      now.PlaceOf(now.things()[static_cast<std::size_t>(thing_)], 0.0) - place;
  // The shorter way first; from the same place again, the other one.
  if (tries_ > 0 && (place - stuck_at_).norm() < kSameTrouble_m) {
    side_ = -side_;
    ++tries_;
  } else {
    side_ = Cross(course_, offset) > 0.0 ? -1.0 : 1.0;
    tries_ = 1;
  }
  stuck_at_ = place;
}

// Whether the course, taken up again here, leads past what is near.
bool Detour::IsPast(const Eigen::Vector2d& place, const Surroundings& now) const {
  return std::ranges::all_of(now.things(), [&](const Surroundings::Thing& thing) {
    const Eigen::Vector2d offset = now.PlaceOf(thing, 0.0) - place;
    const double ahead_m = offset.dot(course_);
    return ahead_m < 0.0 || ahead_m - thing.reach_m > kPastAhead_m ||
           std::abs(Cross(course_, offset)) > thing.reach_m + kPast_m;
  });
}

void Detour::NoteBlockOnTheWay(const Surroundings& now, int object) {
  if (!is_on()) return;
  for (std::size_t i = 0; i < now.things().size(); ++i) {
    if (now.things()[i].object == object) thing_ = static_cast<int>(i);
  }
  object_ = now.things()[static_cast<std::size_t>(thing_)].object;
  if (++blocked_steps_ < kTurnBackBlocks) return;
  blocked_steps_ = 0;
  side_ = -side_;
}

void Detour::Drive(const sim::SafetyGym& gym, const Surroundings& now, Eigen::VectorXd& action) {
  const Surroundings::Thing& thing = now.things()[static_cast<std::size_t>(thing_)];
  const Eigen::Vector2d place = gym.robot_position_in_world().head<2>();
  const Eigen::Vector2d offset = now.PlaceOf(thing, 0.0) - place;
  const double distance_m = std::max(offset.norm(), 1e-6);
  const Eigen::Vector2d away = -offset / distance_m;
  // Counter-clockwise round it has it on the left.
  const Eigen::Vector2d along = -side_ * Eigen::Vector2d(-away.y(), away.x());
  const double too_near_m = thing.reach_m + kStandOff_m - distance_m;
  const Eigen::Vector2d course = along + std::clamp(6.0 * too_near_m, -0.7, 1.5) * away;
  const Eigen::Vector2d forward = Forward(gym, drive_.robot());
  const double off_rad = std::atan2(Cross(forward, course), forward.dot(course));
  const sim::RobotHandling& handling = drive_.robot().handling;
  const double speed_mps = forward.dot(gym.robot_velocity_in_world().head<2>());
  DriveCommand command;
  command.turn = std::clamp(handling.turn_gain * off_rad, -1.0, 1.0);
  const bool goes = std::abs(off_rad) < handling.no_speed_rad && speed_mps < kDetour_mps;
  command.forward = goes ? 1.0 : 0.0;
  drive_.Act(command, memory_, action);
  ++steps_;
  if (steps_ >= kMostSteps || IsPast(place, now)) End();
}

}  // namespace lookout::agents
