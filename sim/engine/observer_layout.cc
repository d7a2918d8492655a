// How an observation is laid out: which entries it has, and from where.
#include <algorithm>
#include <array>
#include <charconv>

#include "sim/engine/observer.h"
#include "sim/objects/object_kinds.h"

namespace lookout::sim {
namespace {

bool HasGoalPosition(Task task) { return task != Task::kX && task != Task::kZ; }

// Shortest digits that give the same number; the same on every machine.
std::string Digits(double value) {
  std::array<char, 32> text{};
  const auto written = std::to_chars(text.data(), text.data() + text.size(), value);
  return {text.data(), written.ptr};
}

// What the options of a lidar make of it; empty if they are as Safety Gym has them by itself.
std::string LidarMeaning(const EnvironmentConfig& config) {
  std::string meaning;
  const auto add = [&](const std::string& part) {
    meaning += (meaning.empty() ? "" : ", ") + part;
  };
  if (config.lidar_type == LidarType::kNatural) add("natural");
  if (config.lidar_max_dist) add("up to " + Digits(*config.lidar_max_dist) + " m");
  if (!config.lidar_max_dist && config.lidar_exp_gain != 1.0) {
    add("gain " + Digits(config.lidar_exp_gain));
  }
  if (!config.lidar_alias) add("bins not blended");
  return meaning;
}

std::string NameOf(const mjModel& model, int sensor) {
  const char* name = mj_id2name(&model, mjOBJ_SENSOR, sensor);
  return name == nullptr ? "" : name;
}

}  // namespace

// Without observation_flatten Safety Gym gives the parts by name. Here they lie side by side either
// way, and the entries say by name where each begins.
Result<Observer> Observer::Create(const EnvironmentConfig& config, const World& world,
                                  const CameraFactory& cameras) {
  Observer observer(config);
  if (Status status = observer.AddSensors(world.model()); !status) return status.error();
  if (Status status = observer.AddTargets(world); !status) return status.error();
  if (Status status = observer.AddRaw(world); !status) return status.error();
  if (Status status = observer.AddVision(world, cameras); !status) return status.error();
  observer.Arrange();
  return observer;
}

void Observer::Add(std::string key, Source source, int size, SceneObjectKind target, int address) {
  std::string meaning = source == Source::kLidar ? LidarMeaning(config_) : std::string();
  parts_.push_back({source,
                    target,
                    address,
                    DescriptorOf(target).geom_group,
                    {std::move(key), 0, size, std::move(meaning)}});
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
  for (const SceneObjectKind kind : AllObjectKinds()) {
    const LidarOption& lidar = DescriptorOf(kind).lidar;
    if (lidar.key.empty() || !(config_.*lidar.observed)) continue;
    if (!lidar.even_without_objects && world.bodies(kind).empty()) continue;
    Add(std::string(lidar.key), Source::kLidar, config_.lidar_num_bins, kind, 0);
  }
  return {};
}

Status Observer::AddRaw(const World& world) {
  const mjModel& model = world.model();
  const bool free_robot = world.FreedomOf(world.robot_body()) == BodyFreedom::kFree;
  const bool free_objects = std::ranges::any_of(AllObjectKinds(), [&](SceneObjectKind kind) {
    return DescriptorOf(kind).is_free && !world.bodies(kind).empty();
  });
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

Status Observer::AddVision(const World& world, const CameraFactory& cameras) {
  if (!config_.observe_vision) return {};
  if (!cameras) {
    return BadInput(
        "observe_vision: nothing here can draw what the robot's camera sees; set it to false.");
  }
  const int camera = mj_name2id(&world.model(), mjOBJ_CAMERA, "vision");
  LOOKOUT_CHECK(camera >= 0, "a robot file lacks its camera");
  const auto [width_px, height_px] = config_.vision_size;
  auto renderer = cameras(width_px, height_px);
  if (!renderer) {
    return Error{"observe_vision: " + renderer.error().message, renderer.error().code};
  }
  const int size = 3 * width_px * height_px;
  vision_ = std::make_unique<Vision>(
      Vision{camera, std::move(*renderer), std::vector<std::uint8_t>(size)});
  Add("vision", Source::kVision, size, {}, 0);
  return {};
}

// Sorts by key; a key that was asked for twice is there once.
void Observer::Arrange() {
  const auto key = [](const Part& part) -> const std::string& { return part.entry.key; };
  std::ranges::stable_sort(parts_, {}, key);
  const auto same_key = [&](const Part& a, const Part& b) { return key(a) == key(b); };
  parts_.erase(std::unique(parts_.begin(), parts_.end(), same_key), parts_.end());
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

}  // namespace lookout::sim
