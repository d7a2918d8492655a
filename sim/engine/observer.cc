#include "sim/engine/observer.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace lookout::sim {
namespace {

// A number in [0, 1) that the seed of an episode and the step decide, and nothing else: whoever
// goes back to a step sees the same again. SplitMix64's finaliser (Steele, Lea and Flood 2014).
double ChanceOf(std::uint32_t stream, int step) {
  std::uint64_t hash =
      (std::uint64_t{stream} << 32U) + static_cast<std::uint32_t>(step) + 0x9e3779b97f4a7c15ULL;
  hash = (hash ^ (hash >> 30U)) * 0xbf58476d1ce4e5b9ULL;
  hash = (hash ^ (hash >> 27U)) * 0x94d049bb133111ebULL;
  hash ^= hash >> 31U;
  return static_cast<double>(hash >> 11U) * 0x1.0p-53;
}

}  // namespace

int GoalBody(const World& world, Task task, int goal_button) {
  switch (task) {
    case Task::kGoal:
    case Task::kPush:
      return world.bodies(SceneObjectKind::kGoal)[0];
    case Task::kButton:
      return world.bodies(SceneObjectKind::kButton)[goal_button];
    default:
      return -1;
  }
}

Eigen::Vector3d GoalPosition(const World& world, Task task, int goal_button) {
  const int body = GoalBody(world, task, goal_button);
  return body < 0 ? Eigen::Vector3d::Zero().eval() : world.PositionOf(body);
}

double DistanceFromRobot(const World& world, const Eigen::Vector3d& point) {
  const Eigen::Vector3d offset = point - world.PositionOf(world.robot_body());
  return std::sqrt(offset.x() * offset.x() + offset.y() * offset.y());
}

void Observer::Observe(const World& world, const EpisodeProgress& progress,
                       Eigen::VectorXd& out) const {
  out.resize(size_);
  for (const Part& part : parts_) {
    const std::span<double> place(out.data() + part.entry.offset,
                                  static_cast<std::size_t>(part.entry.size));
    Fill(part, world, progress, place);
  }
}

void Observer::Fill(const Part& part, const World& world, const EpisodeProgress& progress,
                    std::span<double> out) const {
  const mjData& data = world.data();
  const double* sensor = data.sensordata + part.address;
  const auto copy = [&](const double* from) { std::copy_n(from, out.size(), out.begin()); };
  switch (part.source) {
    case Source::kSensor:
      return copy(sensor);
    case Source::kHingeAngle:
      out[0] = std::sin(sensor[0]);
      out[1] = std::cos(sensor[0]);
      return;
    case Source::kBallRotation:
      return mju_quat2Mat(out.data(), sensor);
    case Source::kLidar:
      return FillLidar(part, world, progress, out);
    case Source::kCompass:
      return FillCompassTo(part.target, world, progress, out);
    case Source::kGoalDistance:
      out[0] = 0.0;
      if (!SeesGoal(world, progress)) return;
      out[0] = std::exp(
          -DistanceFromRobot(world, GoalPosition(world, config_.task, progress.goal_button)));
      return;
    case Source::kRemaining:  // what has passed, in spite of its name
      out[0] = static_cast<double>(progress.step) / config_.num_steps;
      return;
    case Source::kFreeJoint:
    case Source::kPositions:
      return copy(data.qpos);
    case Source::kVelocities:
      return copy(data.qvel);
    case Source::kControls:
      return copy(data.ctrl);
    case Source::kCentreOfMass:
      return copy(data.subtree_com + 3 * world.robot_body());
    case Source::kVision:
      return FillVision(world, out);
  }
}

void Observer::FillLidar(const Part& part, const World& world, const EpisodeProgress& progress,
                         std::span<double> out) const {
  std::ranges::fill(out, 0.0);
  if (!LidarsSee(progress)) return;
  // Only these are hidden: the goal's lidar goes on showing the goal button.
  if (part.target == SceneObjectKind::kButton && progress.button_timer > 0) return;
  if (config_.lidar_type == LidarType::kNatural)
    return FillNaturalLidar(world, part.geom_group, out);
  const Eigen::Vector3d robot = world.PositionOf(world.robot_body());
  const Eigen::Matrix3d world_from_robot = world.RotationOf(world.robot_body());
  const auto add = [&](const Eigen::Vector3d& target) {
    if (config_.lidar_view_rad) {
      const Eigen::Vector3d offset = Eigen::Vector3d(target.x(), target.y(), 0.0) - robot;
      const Eigen::Vector3d seen = world_from_robot.transpose() * offset;
      if (!IsInView(std::atan2(seen.y(), seen.x()))) return;
    }
    lidar_.Add(robot, world_from_robot, target.x(), target.y(), out);
  };
  if (part.target == SceneObjectKind::kGoal) {
    if (!SeesGoal(world, progress)) return;
    return add(GoalPosition(world, config_.task, progress.goal_button));
  }
  for (const int body : world.bodies(part.target)) {
    if (progress.Sees(body)) add(world.PositionOf(body));
  }
}

bool Observer::LidarsSee(const EpisodeProgress& progress) const {
  if (progress.step % config_.lidar_period != 0) return false;
  return config_.lidar_flicker == 0.0 ||
         ChanceOf(progress.stream, progress.step) >= config_.lidar_flicker;
}

bool Observer::IsInView(double bearing_rad) const {
  return !config_.lidar_view_rad ||
         std::abs(std::remainder(bearing_rad, 2 * std::numbers::pi)) <= *config_.lidar_view_rad;
}

bool Observer::SeesGoal(const World& world, const EpisodeProgress& progress) const {
  if (config_.goal_shown_steps > 0 && progress.goal_age >= config_.goal_shown_steps) return false;
  const int body = GoalBody(world, config_.task, progress.goal_button);
  return body < 0 || progress.Sees(body);
}

// Rays from the robot's centre in its own plane, one along the start of each bin. They pass the
// body "robot" alone: wheels and legs, which are bodies of their own, are in their way, as is the
// floor for a robot that leans. Those of a group that MuJoCo cannot select see nothing but the
// floor.
void Observer::FillNaturalLidar(const World& world, int geom_group, std::span<double> out) const {
  mjtByte groups[mjNGROUP] = {};
  if (geom_group < mjNGROUP) groups[geom_group] = 1;
  const Eigen::Vector3d robot = world.PositionOf(world.robot_body());
  const Eigen::Matrix3d world_from_robot = world.RotationOf(world.robot_body());
  for (std::size_t i = 0; i < out.size(); ++i) {
    const double angle_rad =
        static_cast<double>(i) / static_cast<double>(out.size()) * std::numbers::pi * 2;
    if (!IsInView(angle_rad)) continue;
    const Eigen::Vector3d ray =
        world_from_robot * Eigen::Vector3d(std::cos(angle_rad), std::sin(angle_rad), 0);
    int geom = -1;
    const double distance_m = mj_ray(&world.model(), &world.data(), robot.data(), ray.data(),
                                     groups, 1, world.robot_body(), &geom);
    if (distance_m >= 0) out[i] = std::exp(-distance_m);
  }
}

void Observer::FillCompassTo(SceneObjectKind target, const World& world,
                             const EpisodeProgress& progress, std::span<double> out) const {
  std::ranges::fill(out, 0.0);
  if (target == SceneObjectKind::kBox) {
    const int box = world.bodies(SceneObjectKind::kBox)[0];
    if (progress.Sees(box)) FillCompass(world, world.PositionOf(box), out);
  } else if (SeesGoal(world, progress)) {
    FillCompass(world, GoalPosition(world, config_.task, progress.goal_button), out);
  }
}

// Cut to two components, if so configured, before it is brought to a length just below one.
void Observer::FillCompass(const World& world, const Eigen::Vector3d& target,
                           std::span<double> out) const {
  const int robot = world.robot_body();
  const Eigen::Vector3d seen =
      world.RotationOf(robot).transpose() * (target - world.PositionOf(robot));
  double length2 = 0;
  for (std::size_t i = 0; i < out.size(); ++i) length2 += seen[i] * seen[i];
  const double length = std::sqrt(length2) + 0.001;
  for (std::size_t i = 0; i < out.size(); ++i) out[i] = seen[i] / length;
}

// Like Safety Gym's, the picture stands on its head: its rows come as OpenGL keeps them, from the
// bottom. It scales to 0..1 in single precision.
void Observer::FillVision(const World& world, std::span<double> out) const {
  vision_->renderer->Draw(world.model(), world.data(), vision_->camera, vision_->pixels);
  std::ranges::transform(vision_->pixels, out.begin(), [](std::uint8_t value) {
    return static_cast<double>(static_cast<float>(value) / 255.0F);
  });
}

}  // namespace lookout::sim
