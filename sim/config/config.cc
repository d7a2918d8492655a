#include "sim/config/config.h"

#include <functional>
#include <nlohmann/json.hpp>

#include "sim/base/nearest_name.h"
#include "sim/config/json_value.h"

namespace lookout::sim {
namespace {

using nlohmann::json;
using Config = EnvironmentConfig;

// One option of Engine: how it is called, read and written.
struct Option {
  std::string name;
  std::function<Refusal(const json&, Config&)> read;
  std::function<json(const Config&)> write;
};

// `field` is a member pointer, or a function from a configuration to a reference into it.
template <typename Field>
Option MakeOption(std::string name, Field field, Range range = {}) {
  return {std::move(name),
          [=](const json& value, Config& config) {
            return ReadValue(value, range, std::invoke(field, config));
          },
          [=](const Config& config) { return WriteValue(std::invoke(field, config)); }};
}

constexpr Range kPositive{1e-6, 1e6};
constexpr Range kNotNegative{0, 1e6};
constexpr Range kCount{0, 1000};
constexpr Range kPixels{1, 4096};
constexpr Range kObservedPixels{1, 1024};  // of each of these, an observation has three numbers
constexpr Range kProbability{0, 1};
constexpr Range kTimestepRange_s{1e-6, 0.1};
constexpr const char* kTimestep = "timestep";

// The five options that every kind of multiple object has.
void AddPlacement(std::vector<Option>& options, const std::string& prefix,
                  ObjectPlacement Config::*object) {
  options.push_back(MakeOption(
      prefix + "_num", [=](auto& c) -> auto& { return (c.*object).num; }, kCount));
  options.push_back(MakeOption(
      prefix + "_placements", [=](auto& c) -> auto& { return (c.*object).placements; }));
  options.push_back(MakeOption(
      prefix + "_locations", [=](auto& c) -> auto& { return (c.*object).locations; }));
  options.push_back(MakeOption(
      prefix + "_keepout", [=](auto& c) -> auto& { return (c.*object).keepout_m; }));
  options.push_back(MakeOption(
      prefix + "_size", [=](auto& c) -> auto& { return (c.*object).size_m; }, kPositive));
}

void AddEpisodeAndPlaces(std::vector<Option>& options) {
  options.insert(options.end(),
                 {MakeOption("num_steps", &Config::num_steps, Range{1, 1e9}),
                  MakeOption("action_noise", &Config::action_noise, kNotNegative),
                  MakeOption("placements_extents", &Config::placements_extents),
                  MakeOption("placements_margin", &Config::placements_margin),
                  MakeOption("floor_display_mode", &Config::floor_display_mode),
                  MakeOption("robot_base", &Config::robot_base),
                  MakeOption("robot_placements", &Config::robot_placements),
                  MakeOption("robot_locations", &Config::robot_locations),
                  MakeOption("robot_keepout", &Config::robot_keepout),
                  MakeOption("robot_rot", &Config::robot_rot),
                  MakeOption("randomize_layout", &Config::randomize_layout),
                  MakeOption("build_resample", &Config::build_resample),
                  MakeOption("continue_goal", &Config::continue_goal),
                  MakeOption("terminate_resample_failure", &Config::terminate_resample_failure),
                  MakeOption("goal_placements", &Config::goal_placements),
                  MakeOption("goal_locations", &Config::goal_locations),
                  MakeOption("goal_keepout", &Config::goal_keepout),
                  MakeOption("goal_size", &Config::goal_size, kPositive),
                  MakeOption("box_placements", &Config::box_placements),
                  MakeOption("box_locations", &Config::box_locations),
                  MakeOption("box_keepout", &Config::box_keepout),
                  MakeOption("box_size", &Config::box_size, kPositive),
                  MakeOption("box_density", &Config::box_density, kPositive),
                  MakeOption("box_null_dist", &Config::box_null_dist),
                  MakeOption("circle_radius", &Config::circle_radius, kPositive),
                  MakeOption("frameskip_binom_n", &Config::frameskip_binom_n, kCount),
                  MakeOption("frameskip_binom_p", &Config::frameskip_binom_p, kProbability),
                  MakeOption(kTimestep, &Config::timestep_s, kTimestepRange_s),
                  MakeOption("_seed", &Config::seed, Range{0, 4294967295.0})});
}

void AddObservation(std::vector<Option>& options) {
  options.insert(options.end(),
                 {MakeOption("observation_flatten", &Config::observation_flatten),
                  MakeOption("observe_sensors", &Config::observe_sensors),
                  MakeOption("observe_goal_dist", &Config::observe_goal_dist),
                  MakeOption("observe_goal_comp", &Config::observe_goal_comp),
                  MakeOption("observe_goal_lidar", &Config::observe_goal_lidar),
                  MakeOption("observe_box_comp", &Config::observe_box_comp),
                  MakeOption("observe_box_lidar", &Config::observe_box_lidar),
                  MakeOption("observe_circle", &Config::observe_circle),
                  MakeOption("observe_remaining", &Config::observe_remaining),
                  MakeOption("observe_walls", &Config::observe_walls),
                  MakeOption("observe_hazards", &Config::observe_hazards),
                  MakeOption("observe_vases", &Config::observe_vases),
                  MakeOption("observe_pillars", &Config::observe_pillars),
                  MakeOption("observe_buttons", &Config::observe_buttons),
                  MakeOption("observe_gremlins", &Config::observe_gremlins),
                  MakeOption("observe_vision", &Config::observe_vision),
                  MakeOption("observe_qpos", &Config::observe_qpos),
                  MakeOption("observe_qvel", &Config::observe_qvel),
                  MakeOption("observe_ctrl", &Config::observe_ctrl),
                  MakeOption("observe_freejoint", &Config::observe_freejoint),
                  MakeOption("observe_com", &Config::observe_com),
                  MakeOption("sensors_obs", &Config::sensors_obs),
                  MakeOption("sensors_hinge_joints", &Config::sensors_hinge_joints),
                  MakeOption("sensors_ball_joints", &Config::sensors_ball_joints),
                  MakeOption("sensors_angle_components", &Config::sensors_angle_components),
                  MakeOption("lidar_num_bins", &Config::lidar_num_bins, Range{1, 4096}),
                  MakeOption("lidar_max_dist", &Config::lidar_max_dist, kPositive),
                  MakeOption("lidar_exp_gain", &Config::lidar_exp_gain),
                  MakeOption("lidar_type", &Config::lidar_type),
                  MakeOption("lidar_alias", &Config::lidar_alias),
                  MakeOption("compass_shape", &Config::compass_shape, Range{2, 3})});
}

void AddRendering(std::vector<Option>& options) {
  options.insert(options.end(),
                 {MakeOption("render_labels", &Config::render_labels),
                  MakeOption("render_lidar_markers", &Config::render_lidar_markers),
                  MakeOption("render_lidar_radius", &Config::render_lidar_radius, kPositive),
                  MakeOption("render_lidar_size", &Config::render_lidar_size, kPositive),
                  MakeOption("render_lidar_offset_init", &Config::render_lidar_offset_init),
                  MakeOption("render_lidar_offset_delta", &Config::render_lidar_offset_delta),
                  MakeOption("vision_size", &Config::vision_size, kObservedPixels),
                  MakeOption("vision_render", &Config::vision_render),
                  MakeOption("vision_render_size", &Config::vision_render_size, kPixels)});
}

void AddTaskAndReward(std::vector<Option>& options) {
  options.insert(
      options.end(),
      {MakeOption("task", &Config::task), MakeOption("reward_distance", &Config::reward_distance),
       MakeOption("reward_goal", &Config::reward_goal),
       MakeOption("reward_box_dist", &Config::reward_box_dist),
       MakeOption("reward_box_goal", &Config::reward_box_goal),
       MakeOption("reward_orientation", &Config::reward_orientation),
       MakeOption("reward_orientation_scale", &Config::reward_orientation_scale),
       MakeOption("reward_orientation_body", &Config::reward_orientation_body),
       MakeOption("reward_exception", &Config::reward_exception),
       MakeOption("reward_x", &Config::reward_x), MakeOption("reward_z", &Config::reward_z),
       MakeOption("reward_circle", &Config::reward_circle),
       MakeOption("reward_clip", &Config::reward_clip, kNotNegative)});
}

void AddObjectsAndCosts(std::vector<Option>& options) {
  AddPlacement(options, "buttons", &Config::buttons);
  AddPlacement(options, "walls", &Config::walls);
  AddPlacement(options, "hazards", &Config::hazards);
  AddPlacement(options, "vases", &Config::vases);
  AddPlacement(options, "pillars", &Config::pillars);
  AddPlacement(options, "gremlins", &Config::gremlins);
  options.insert(
      options.end(),
      {MakeOption("constrain_hazards", &Config::constrain_hazards),
       MakeOption("constrain_vases", &Config::constrain_vases),
       MakeOption("constrain_pillars", &Config::constrain_pillars),
       MakeOption("constrain_buttons", &Config::constrain_buttons),
       MakeOption("constrain_gremlins", &Config::constrain_gremlins),
       MakeOption("constrain_indicator", &Config::constrain_indicator),
       MakeOption("buttons_cost", &Config::buttons_cost),
       MakeOption("buttons_resampling_delay", &Config::buttons_resampling_delay, kNotNegative),
       MakeOption("hazards_cost", &Config::hazards_cost),
       MakeOption("vases_density", &Config::vases_density, kPositive),
       MakeOption("vases_sink", &Config::vases_sink),
       MakeOption("vases_contact_cost", &Config::vases_contact_cost),
       MakeOption("vases_displace_cost", &Config::vases_displace_cost),
       MakeOption("vases_displace_threshold", &Config::vases_displace_threshold),
       MakeOption("vases_velocity_cost", &Config::vases_velocity_cost),
       MakeOption("vases_velocity_threshold", &Config::vases_velocity_threshold),
       MakeOption("pillars_height", &Config::pillars_height, kPositive),
       MakeOption("pillars_cost", &Config::pillars_cost),
       MakeOption("gremlins_travel", &Config::gremlins_travel),
       MakeOption("gremlins_density", &Config::gremlins_density, kPositive),
       MakeOption("gremlins_contact_cost", &Config::gremlins_contact_cost),
       MakeOption("gremlins_dist_threshold", &Config::gremlins_dist_threshold),
       MakeOption("gremlins_dist_cost", &Config::gremlins_dist_cost)});
}

// Every option there is; what is not in this table is refused.
const std::vector<Option>& Options() {
  static const std::vector<Option> options = [] {
    std::vector<Option> table;
    AddEpisodeAndPlaces(table);
    AddObservation(table);
    AddRendering(table);
    AddTaskAndReward(table);
    AddObjectsAndCosts(table);
    return table;
  }();
  return options;
}

const Option* FindOption(std::string_view name) {
  for (const Option& option : Options()) {
    if (option.name == name) return &option;
  }
  return nullptr;
}

Error UnknownOption(const std::string& name) {
  std::vector<std::string> names;
  for (const Option& option : Options()) names.push_back(option.name);
  const std::string shown = Excerpt(json(name));
  return BadInput("The configuration has an option " + shown + ", which does not exist." +
                  DidYouMean(name, names));
}

// NumPy switches to another way of drawing beyond this, which RandomState does not have.
Status CheckFrameskip(const Config& config) {
  const double p = config.frameskip_binom_p;
  if (config.frameskip_binom_n * std::min(p, 1.0 - p) <= 30.0) return {};
  return BadInput(
      "frameskip_binom_n is too large for frameskip_binom_p: n * min(p, 1 - p) must be at most "
      "30.");
}

}  // namespace

Result<EnvironmentConfig> ParseConfig(const json& options, std::string_view id) {
  EnvironmentConfig config;
  config.id = id;
  return ChangeConfig(options, std::move(config));
}

Result<EnvironmentConfig> ChangeConfig(const json& options, EnvironmentConfig config) {
  if (!options.is_object()) {
    return BadInput("A configuration must be a JSON object of options, not " + Excerpt(options) +
                    ".");
  }
  for (const auto& [name, value] : options.items()) {
    const Option* option = FindOption(name);
    if (option == nullptr) return UnknownOption(name);
    if (Refusal refusal = option->read(value, config)) {
      return BadInput("The option " + name + " " + *refusal + ".");
    }
  }
  if (Status status = CheckFrameskip(config); !status) return status.error();
  return config;
}

json ConfigToJson(const EnvironmentConfig& config) {
  json options = json::object();
  for (const Option& option : Options()) options[option.name] = option.write(config);
  if (!config.timestep_s) options.erase(kTimestep);  // not one of Engine's
  return options;
}

}  // namespace lookout::sim
