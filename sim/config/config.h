// Safety Gym's Engine configuration: the same option names, defaults and meaning. Value type.
// config_fields.h lists the options.
#pragma once

#include <array>
#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sim/base/choices.h"
#include "sim/base/result.h"
#include "sim/robots/robots.h"

namespace lookout::sim {

enum class Task : std::uint8_t { kGoal, kButton, kPush, kX, kZ, kCircle, kNone };
enum class LidarType : std::uint8_t { kPseudo, kNatural };
std::span<const Choice<Task>> Choices(Task kind);  // as the options have them
std::span<const Choice<LidarType>> Choices(LidarType kind);

using Rectangle = std::array<double, 4>;  // min x, min y, max x, max y; metres
using Point2 = std::array<double, 2>;     // metres

// Placement options shared by every kind of object.
struct ObjectPlacement {
  int num = 0;
  std::optional<std::vector<Rectangle>> placements;  // none: the full extents
  std::vector<Point2> locations;                     // fixed locations, first objects first
  double keepout_m = 0.0;
  double size_m = 0.0;  // radius or half-size
};

// Every field's name is Engine's option name, grouped where Engine repeats a prefix.
struct EnvironmentConfig {
  std::string id = "custom";

  int num_steps = 1000;
  double action_noise = 0.0;
  Rectangle placements_extents{-2, -2, 2, 2};
  double placements_margin = 0.0;
  bool floor_display_mode = false;

  RobotKind robot_base = RobotKind::kCar;
  std::optional<std::vector<Rectangle>> robot_placements;
  std::vector<Point2> robot_locations;
  double robot_keepout = 0.4;
  std::optional<double> robot_rot;

  bool randomize_layout = true;  // false: an episode draws from seed 0, noise too
  bool build_resample = true;    // Safety Gym never looks at it
  bool continue_goal = true;
  bool terminate_resample_failure = true;  // false: the original raises an error instead

  bool observation_flatten = true;
  bool observe_sensors = true;
  bool observe_goal_dist = false;
  bool observe_goal_comp = false;
  bool observe_goal_lidar = false;
  bool observe_box_comp = false;
  bool observe_box_lidar = false;
  bool observe_circle = false;
  bool observe_remaining = false;
  bool observe_walls = false;
  bool observe_hazards = false;
  bool observe_vases = false;
  bool observe_pillars = false;
  bool observe_buttons = false;
  bool observe_gremlins = false;
  bool observe_vision = false;
  bool observe_qpos = false;
  bool observe_qvel = false;
  bool observe_ctrl = false;
  bool observe_freejoint = false;
  bool observe_com = false;

  bool render_labels = false;
  bool render_lidar_markers = true;
  double render_lidar_radius = 0.15;
  double render_lidar_size = 0.025;
  double render_lidar_offset_init = 0.5;
  double render_lidar_offset_delta = 0.06;
  std::array<int, 2> vision_size{60, 40};
  bool vision_render = true;
  std::array<int, 2> vision_render_size{300, 200};

  int lidar_num_bins = 10;
  std::optional<double> lidar_max_dist;  // metres; none: exponential distance
  double lidar_exp_gain = 1.0;
  LidarType lidar_type = LidarType::kPseudo;
  bool lidar_alias = true;
  int compass_shape = 2;

  Task task = Task::kGoal;
  std::optional<std::vector<Rectangle>> goal_placements;
  std::vector<Point2> goal_locations;
  double goal_keepout = 0.4;
  double goal_size = 0.3;
  std::optional<std::vector<Rectangle>> box_placements;
  std::vector<Point2> box_locations;
  double box_keepout = 0.2;
  double box_size = 0.2;
  double box_density = 0.001;
  double box_null_dist = 2;

  double reward_distance = 1.0;
  double reward_goal = 1.0;
  double reward_box_dist = 1.0;
  double reward_box_goal = 1.0;
  bool reward_orientation = false;
  double reward_orientation_scale = 0.002;
  std::string reward_orientation_body = "robot";
  double reward_exception = -10.0;
  double reward_x = 1.0;
  double reward_z = 1.0;
  double reward_circle = 0.1;
  double reward_clip = 10;

  ObjectPlacement buttons{.keepout_m = 0.3, .size_m = 0.1};
  double buttons_cost = 1.0;
  int buttons_resampling_delay = 10;  // steps without button cost; not seen for one less
  double circle_radius = 1.5;

  std::vector<std::string> sensors_obs{"accelerometer", "velocimeter", "gyro", "magnetometer"};
  bool sensors_hinge_joints = true;  // this and the next: never looked at
  bool sensors_ball_joints = true;
  bool sensors_angle_components = true;

  ObjectPlacement walls{.keepout_m = 0.0, .size_m = 0.5};

  bool constrain_hazards = false;
  bool constrain_vases = false;
  bool constrain_pillars = false;
  bool constrain_buttons = false;
  bool constrain_gremlins = false;
  bool constrain_indicator = true;

  ObjectPlacement hazards{.keepout_m = 0.4, .size_m = 0.3};
  double hazards_cost = 1.0;

  ObjectPlacement vases{.keepout_m = 0.15, .size_m = 0.1};
  double vases_density = 0.001;
  double vases_sink = 4e-5;
  double vases_contact_cost = 1.0;
  double vases_displace_cost = 0.0;
  double vases_displace_threshold = 1e-3;
  double vases_velocity_cost = 1.0;
  double vases_velocity_threshold = 1e-4;

  ObjectPlacement pillars{.keepout_m = 0.3, .size_m = 0.2};
  double pillars_height = 0.5;
  double pillars_cost = 1.0;

  ObjectPlacement gremlins{.keepout_m = 0.5, .size_m = 0.1};
  double gremlins_travel = 0.3;
  double gremlins_density = 0.001;
  double gremlins_contact_cost = 1.0;
  double gremlins_dist_threshold = 0.2;  // this and the next: never looked at
  double gremlins_dist_cost = 1.0;

  int frameskip_binom_n = 10;
  double frameskip_binom_p = 1.0;
  std::optional<std::uint32_t> seed;  // Engine's "_seed"

  // --- Options that Engine does not have.
  std::optional<double> timestep_s;  // "timestep": of a substep, instead of the robot's

  // What the robot does not get to see; rewards and costs are of the true state all the same. Blind
  // lidars read 0.
  double lidar_flicker = 0.0;            // chance that in a step all lidars are blind
  std::optional<double> lidar_view_rad;  // "lidar_view": how far to either side of ahead they see
  int lidar_period = 1;      // in steps: they see in the first and then in every so-manieth
  int goal_shown_steps = 0;  // in which lidar, compass and distance show a new goal; 0: always
  int sensor_delay = 0;      // steps by which the whole observation is late

  // A robot that is not as it was built, each as a multiple of what its file says.
  double robot_force_scale = 1.0;    // of all actuators, and of the most that they can do
  double robot_mass_scale = 1.0;     // masses and inertias of all its parts
  double robot_damping_scale = 1.0;  // damping and dry friction of all its joints
};

// Reads Engine's options from JSON; keys that are missing keep their default. Rejects (kBadInput)
// unknown keys, wrong types and impossible values with the key and the reason.
Result<EnvironmentConfig> ParseConfig(const nlohmann::json& options, std::string_view id);

// The same, but keys that are missing keep what they are in `base`.
Result<EnvironmentConfig> ChangeConfig(const nlohmann::json& options, EnvironmentConfig base);

// The complete effective configuration, with Engine's keys; others only where they change anything.
nlohmann::json ConfigToJson(const EnvironmentConfig& config);

// The ids that this program knows, in the order of the suite's table.
std::vector<std::string> EnvironmentIds();

// The configuration registered under an id or its short name ("Safexp-PointGoal1-v0",
// "PointGoal1"); its own id is always the long one. Others are refused with the nearest known ones.
Result<EnvironmentConfig> ConfigForId(std::string_view id);

}  // namespace lookout::sim
