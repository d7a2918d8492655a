#include "sim/observer.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace lookout::sim {
namespace {

// The lidar of each kind, in Safety Gym's words, and the geom group its natural lidar sees.
struct Ring {
  const char* key;
  SceneObjectKind target;
  int group;
};
constexpr int kNoGroup = -1;
constexpr Ring kRings[] = {{"goal_lidar", SceneObjectKind::kGoal, 0},
                           {"box_lidar", SceneObjectKind::kBox, 1},
                           {"buttons_lidar", SceneObjectKind::kButton, 1},
                           {"walls_lidar", SceneObjectKind::kWall, 2},
                           {"pillars_lidar", SceneObjectKind::kPillar, 2},
                           {"hazards_lidar", SceneObjectKind::kHazard, 3},
                           {"vases_lidar", SceneObjectKind::kVase, 4},
                           {"gremlins_lidar", SceneObjectKind::kGremlin, 5},
                           {"circle_lidar", SceneObjectKind::kCircle, kNoGroup}};

int GroupOf(SceneObjectKind target) {
  for (const Ring& ring : kRings) {
    if (ring.target == target) return ring.group;
  }
  return kNoGroup;
}

bool HasGoalPosition(Task task) { return task != Task::kX && task != Task::kZ; }

std::string NameOf(const mjModel& model, int sensor) {
  const char* name = mj_id2name(&model, mjOBJ_SENSOR, sensor);
  return name == nullptr ? "" : name;
}

}  // namespace

Eigen::Vector3d GoalPosition(const World& world, Task task, int goal_button) {
  switch (task) {
    case Task::kGoal:
    case Task::kPush:
      return world.PositionOf(world.bodies(SceneObjectKind::kGoal)[0]);
    case Task::kButton:
      return world.PositionOf(world.bodies(SceneObjectKind::kButton)[goal_button]);
    default:
      return Eigen::Vector3d::Zero();
  }
}

double DistanceFromRobot(const World& world, const Eigen::Vector3d& point) {
  const Eigen::Vector3d offset = point - world.PositionOf(world.robot_body());
  return std::sqrt(offset.x() * offset.x() + offset.y() * offset.y());
}

Result<Observer> Observer::Create(const EnvironmentConfig& config, const World& world) {
  Observer observer(config);
  if (!config.observation_flatten) {
    return BadInput("observation_flatten: only flat observations are built; set it to true.");
  }
  if (config.observe_vision) return BadInput("observe_vision: images are not observed; set false.");
  if (Status status = observer.AddSensors(world.model()); !status) return status.error();
  if (Status status = observer.AddTargets(world); !status) return status.error();
  if (Status status = observer.AddRaw(world); !status) return status.error();
  observer.Arrange();
  return observer;
}

void Observer::Add(std::string key, Source source, int size, SceneObjectKind target, int address) {
  parts_.push_back({source, target, address, {std::move(key), 0, size}});
}

Status Observer::AddSensor(const mjModel& model, const std::string& name) {
  std::string known;
  for (int i = 0; i < model.nsensor; ++i) {
    if (NameOf(model, i) == name) {
      Add(name, Source::kSensor, model.sensor_dim[i], {}, model.sensor_adr[i]);
      return {};
    }
    known += (known.empty() ? "" : ", ") + NameOf(model, i);
  }
  return BadInput("sensors_obs: this robot has no sensor \"" + name.substr(0, 60) + "\"; it has " +
                  known + ".");
}

// Joint sensors are always observed; angles in a form without a jump, if so configured.
void Observer::AddJointSensors(const mjModel& model) {
  const bool components = config_.sensors_angle_components;
  for (int i = 0; i < model.nsensor; ++i) {
    const int address = model.sensor_adr[i];
    const std::string name = NameOf(model, i);
    switch (model.sensor_type[i]) {
      case mjSENS_JOINTPOS:
        Add(name, components ? Source::kHingeAngle : Source::kSensor, components ? 2 : 1, {},
            address);
        break;
      case mjSENS_BALLQUAT:
        Add(name, components ? Source::kBallRotation : Source::kSensor, components ? 9 : 4, {},
            address);
        break;
      case mjSENS_JOINTVEL:
      case mjSENS_BALLANGVEL:
        Add(name, Source::kSensor, model.sensor_dim[i], {}, address);
        break;
      default:
        break;
    }
  }
}

Status Observer::AddSensors(const mjModel& model) {
  if (!config_.observe_sensors) return {};
  for (const std::string& name : config_.sensors_obs) {
    if (Status status = AddSensor(model, name); !status) return status;
  }
  AddJointSensors(model);
  return {};
}

void Observer::AddLidar(const char* key, SceneObjectKind target) {
  Add(key, Source::kLidar, config_.lidar_num_bins, target, 0);
}

Status Observer::AddTargets(const World& world) {
  const auto& c = config_;
  if ((c.observe_goal_dist || c.observe_goal_comp || c.observe_goal_lidar) &&
      !HasGoalPosition(c.task)) {
    return BadInput(
        "observe_goal_dist, observe_goal_comp, observe_goal_lidar: the tasks x and z "
        "have no goal to observe; set them to false.");
  }
  if (c.observe_goal_dist) Add("goal_dist", Source::kGoalDistance, 1, {}, 0);
  if (c.observe_goal_comp) {
    Add("goal_compass", Source::kCompass, c.compass_shape, SceneObjectKind::kGoal, 0);
  }
  if (c.observe_box_comp && c.task == Task::kPush) {
    Add("box_compass", Source::kCompass, c.compass_shape, SceneObjectKind::kBox, 0);
  }
  const auto any = [&](SceneObjectKind kind) { return !world.bodies(kind).empty(); };
  for (const Ring& ring : kRings) {
    bool seen = false;
    switch (ring.target) {
      case SceneObjectKind::kGoal:
        seen = c.observe_goal_lidar;
        break;
      case SceneObjectKind::kHazard:
        seen = c.observe_hazards;
        break;
      case SceneObjectKind::kVase:
        seen = c.observe_vases;
        break;
      case SceneObjectKind::kBox:
        seen = c.observe_box_lidar && any(ring.target);
        break;
      case SceneObjectKind::kButton:
        seen = c.observe_buttons && any(ring.target);
        break;
      case SceneObjectKind::kWall:
        seen = c.observe_walls && any(ring.target);
        break;
      case SceneObjectKind::kPillar:
        seen = c.observe_pillars && any(ring.target);
        break;
      case SceneObjectKind::kGremlin:
        seen = c.observe_gremlins && any(ring.target);
        break;
      default:
        seen = c.observe_circle && any(ring.target);
        break;
    }
    if (seen) AddLidar(ring.key, ring.target);
  }
  return {};
}

Status Observer::AddRaw(const World& world) {
  const mjModel& model = world.model();
  const bool free_robot = world.FreedomOf(world.robot_body()) == BodyFreedom::kFree;
  const bool free_objects = !world.bodies(SceneObjectKind::kVase).empty() ||
                            !world.bodies(SceneObjectKind::kGremlin).empty() ||
                            !world.bodies(SceneObjectKind::kBox).empty();
  if (config_.observe_freejoint && !free_robot) {
    return BadInput("observe_freejoint: this robot has no free joint; set it to false.");
  }
  if ((config_.observe_qpos || config_.observe_qvel) && free_objects) {
    return BadInput(
        "observe_qpos, observe_qvel: they are sized for the robot alone and cannot be "
        "used with vases, gremlins or a box; set them to false.");
  }
  if (config_.observe_freejoint) Add("freejoint", Source::kFreeJoint, 7, {}, 0);
  if (config_.observe_com) Add("com", Source::kCentreOfMass, 3, {}, 0);
  if (config_.observe_remaining) Add("remaining", Source::kRemaining, 1, {}, 0);
  if (config_.observe_qpos) Add("qpos", Source::kPositions, model.nq, {}, 0);
  if (config_.observe_qvel) Add("qvel", Source::kVelocities, model.nv, {}, 0);
  if (config_.observe_ctrl) Add("ctrl", Source::kControls, model.nu, {}, 0);
  return {};
}

// Sorts by key; a key that was asked for twice is there once.
void Observer::Arrange() {
  const auto key = [](const Part& part) -> const std::string& { return part.entry.key; };
  std::ranges::stable_sort(parts_, {}, key);
  const auto repeated = std::ranges::unique(parts_, {}, key);
  parts_.erase(repeated.begin(), repeated.end());
  for (Part& part : parts_) {
    part.entry.offset = size_;
    size_ += part.entry.size;
    entries_.push_back(part.entry);
  }
}

std::vector<LidarRing> Observer::LidarRings() const {
  std::vector<LidarRing> rings;
  for (const Part& part : parts_) {
    if (part.source != Source::kLidar) continue;
    rings.push_back({part.entry.offset, part.entry.size, part.target});
  }
  return rings;
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
      return FillCompass(world,
                         part.target == SceneObjectKind::kBox
                             ? world.PositionOf(world.bodies(SceneObjectKind::kBox)[0])
                             : GoalPosition(world, config_.task, progress.goal_button),
                         out);
    case Source::kGoalDistance: {
      const Eigen::Vector3d goal = GoalPosition(world, config_.task, progress.goal_button);
      out[0] = std::exp(-DistanceFromRobot(world, goal));
      return;
    }
    case Source::kRemaining:
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
  }
}

void Observer::FillLidar(const Part& part, const World& world, const EpisodeProgress& progress,
                         std::span<double> out) const {
  std::ranges::fill(out, 0.0);
  if (part.target == SceneObjectKind::kButton && progress.button_timer > 0) return;
  if (config_.lidar_type == LidarType::kNatural) return FillNaturalLidar(world, part.target, out);
  const Eigen::Vector3d robot = world.PositionOf(world.robot_body());
  const Eigen::Matrix3d world_from_robot = world.RotationOf(world.robot_body());
  const auto add = [&](const Eigen::Vector3d& target) {
    lidar_.Add(robot, world_from_robot, target.x(), target.y(), out);
  };
  if (part.target == SceneObjectKind::kGoal) {
    return add(GoalPosition(world, config_.task, progress.goal_button));
  }
  for (const int body : world.bodies(part.target)) add(world.PositionOf(body));
}

// Rays from the robot's centre in its own plane, one along the start of each bin.
void Observer::FillNaturalLidar(const World& world, SceneObjectKind target,
                                std::span<double> out) const {
  mjtByte groups[mjNGROUP] = {};
  if (const int group = GroupOf(target); group != kNoGroup) groups[group] = 1;
  const Eigen::Vector3d robot = world.PositionOf(world.robot_body());
  const Eigen::Matrix3d world_from_robot = world.RotationOf(world.robot_body());
  for (std::size_t i = 0; i < out.size(); ++i) {
    const double angle_rad =
        static_cast<double>(i) / static_cast<double>(out.size()) * std::numbers::pi * 2;
    const Eigen::Vector3d ray =
        world_from_robot * Eigen::Vector3d(std::cos(angle_rad), std::sin(angle_rad), 0);
    int geom = -1;
    const double distance_m = mj_ray(&world.model(), &world.data(), robot.data(), ray.data(),
                                     groups, 1, world.robot_body(), &geom);
    if (distance_m >= 0) out[i] = std::exp(-distance_m);
  }
}

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

}  // namespace lookout::sim
