// The options of Safety Gym's Engine as the fields of EnvironmentConfig (sim/base/fields.h), under
// Engine's own names. Files, checks and messages are made from this list; it is long because Engine
// has that many. Any thread.
#pragma once

#include <array>
#include <string_view>

#include "sim/base/fields.h"
#include "sim/config/config.h"

namespace lookout::sim {

// The five options of a kind that can be there several times: their names, in the order of
// ObjectPlacement.
template <typename Placement, typename Visit>
void VisitPlacement(const std::array<std::string_view, 5>& names, Placement& object,
                    Visit&& visit) {
  using F = Field<EnvironmentConfig>;
  visit(F(names[0]).Within(0, 1000), object.num);
  visit(F(names[1]), object.placements);
  visit(F(names[2]), object.locations);
  visit(F(names[3]), object.keepout_m);
  visit(F(names[4]).Within(1e-6, 1e6), object.size_m);
}

// The episode, and where things stand.
template <FieldsOf<EnvironmentConfig> Self, typename Visit>
void VisitEpisode(Self& config, Visit&& visit) {
  using F = Field<EnvironmentConfig>;
  visit(F("num_steps").Within(1, 1e9), config.num_steps);
  visit(F("action_noise").Within(0, 1e6), config.action_noise);
  visit(F("placements_extents"), config.placements_extents);
  visit(F("placements_margin"), config.placements_margin);
  visit(F("floor_display_mode"), config.floor_display_mode);
  visit(F("robot_base"), config.robot_base);
  visit(F("robot_placements"), config.robot_placements);
  visit(F("robot_locations"), config.robot_locations);
  visit(F("robot_keepout"), config.robot_keepout);
  visit(F("robot_rot"), config.robot_rot);
  visit(F("randomize_layout"), config.randomize_layout);
  visit(F("build_resample"), config.build_resample);
  visit(F("continue_goal"), config.continue_goal);
  visit(F("terminate_resample_failure"), config.terminate_resample_failure);
  visit(F("goal_placements"), config.goal_placements);
  visit(F("goal_locations"), config.goal_locations);
  visit(F("goal_keepout"), config.goal_keepout);
  visit(F("goal_size").Within(1e-6, 1e6), config.goal_size);
  visit(F("box_placements"), config.box_placements);
  visit(F("box_locations"), config.box_locations);
  visit(F("box_keepout"), config.box_keepout);
  visit(F("box_size").Within(1e-6, 1e6), config.box_size);
  visit(F("box_density").Within(1e-6, 1e6), config.box_density);
  visit(F("box_null_dist"), config.box_null_dist);
  visit(F("circle_radius").Within(1e-6, 1e6), config.circle_radius);
  visit(F("frameskip_binom_n").Within(0, 1000), config.frameskip_binom_n);
  visit(F("frameskip_binom_p").Within(0, 1), config.frameskip_binom_p);
  visit(F("timestep").Within(1e-6, 0.1), config.timestep_s);
  visit(F("_seed").Within(0, 4294967295.0), config.seed);
}

// What is kept from the robot.
template <FieldsOf<EnvironmentConfig> Self, typename Visit>
void VisitPartialSight(Self& config, Visit&& visit) {
  using F = Field<EnvironmentConfig>;
  visit(F("lidar_flicker").Within(0, 1), config.lidar_flicker);
  visit(F("lidar_view").Within(0, 3.1415926535897932), config.lidar_view_rad);
  visit(F("lidar_period").Within(1, 1e6), config.lidar_period);
  visit(F("goal_shown_steps").Within(0, 1e9), config.goal_shown_steps);
  visit(F("sensor_delay").Within(0, 100), config.sensor_delay);
}

// A robot that is not as it was built.
template <FieldsOf<EnvironmentConfig> Self, typename Visit>
void VisitRobotScales(Self& config, Visit&& visit) {
  using F = Field<EnvironmentConfig>;
  visit(F("robot_force_scale").Within(1e-3, 1e3), config.robot_force_scale);
  visit(F("robot_mass_scale").Within(1e-3, 1e3), config.robot_mass_scale);
  visit(F("robot_damping_scale").Within(0, 1e3), config.robot_damping_scale);
}

// What is observed.
template <FieldsOf<EnvironmentConfig> Self, typename Visit>
void VisitObservation(Self& config, Visit&& visit) {
  using F = Field<EnvironmentConfig>;
  visit(F("observation_flatten"), config.observation_flatten);
  visit(F("observe_sensors"), config.observe_sensors);
  visit(F("observe_goal_dist"), config.observe_goal_dist);
  visit(F("observe_goal_comp"), config.observe_goal_comp);
  visit(F("observe_goal_lidar"), config.observe_goal_lidar);
  visit(F("observe_box_comp"), config.observe_box_comp);
  visit(F("observe_box_lidar"), config.observe_box_lidar);
  visit(F("observe_circle"), config.observe_circle);
  visit(F("observe_remaining"), config.observe_remaining);
  visit(F("observe_walls"), config.observe_walls);
  visit(F("observe_hazards"), config.observe_hazards);
  visit(F("observe_vases"), config.observe_vases);
  visit(F("observe_pillars"), config.observe_pillars);
  visit(F("observe_buttons"), config.observe_buttons);
  visit(F("observe_gremlins"), config.observe_gremlins);
  visit(F("observe_vision"), config.observe_vision);
  visit(F("observe_qpos"), config.observe_qpos);
  visit(F("observe_qvel"), config.observe_qvel);
  visit(F("observe_ctrl"), config.observe_ctrl);
  visit(F("observe_freejoint"), config.observe_freejoint);
  visit(F("observe_com"), config.observe_com);
  visit(F("sensors_obs"), config.sensors_obs);
  visit(F("sensors_hinge_joints"), config.sensors_hinge_joints);
  visit(F("sensors_ball_joints"), config.sensors_ball_joints);
  visit(F("sensors_angle_components"), config.sensors_angle_components);
  visit(F("lidar_num_bins").Within(1, 4096), config.lidar_num_bins);
  visit(F("lidar_max_dist").Within(1e-6, 1e6), config.lidar_max_dist);
  visit(F("lidar_exp_gain"), config.lidar_exp_gain);
  visit(F("lidar_type"), config.lidar_type);
  visit(F("lidar_alias"), config.lidar_alias);
  visit(F("compass_shape").Within(2, 3), config.compass_shape);
}

// Pictures.
template <FieldsOf<EnvironmentConfig> Self, typename Visit>
void VisitRendering(Self& config, Visit&& visit) {
  using F = Field<EnvironmentConfig>;
  visit(F("render_labels"), config.render_labels);
  visit(F("render_lidar_markers"), config.render_lidar_markers);
  visit(F("render_lidar_radius").Within(1e-6, 1e6), config.render_lidar_radius);
  visit(F("render_lidar_size").Within(1e-6, 1e6), config.render_lidar_size);
  visit(F("render_lidar_offset_init"), config.render_lidar_offset_init);
  visit(F("render_lidar_offset_delta"), config.render_lidar_offset_delta);
  visit(F("vision_size").Within(1, 1024), config.vision_size);
  visit(F("vision_render"), config.vision_render);
  visit(F("vision_render_size").Within(1, 4096), config.vision_render_size);
}

// The task and its reward.
template <FieldsOf<EnvironmentConfig> Self, typename Visit>
void VisitTask(Self& config, Visit&& visit) {
  using F = Field<EnvironmentConfig>;
  visit(F("task"), config.task);
  visit(F("reward_distance"), config.reward_distance);
  visit(F("reward_goal"), config.reward_goal);
  visit(F("reward_box_dist"), config.reward_box_dist);
  visit(F("reward_box_goal"), config.reward_box_goal);
  visit(F("reward_orientation"), config.reward_orientation);
  visit(F("reward_orientation_scale"), config.reward_orientation_scale);
  visit(F("reward_orientation_body"), config.reward_orientation_body);
  visit(F("reward_exception"), config.reward_exception);
  visit(F("reward_x"), config.reward_x);
  visit(F("reward_z"), config.reward_z);
  visit(F("reward_circle"), config.reward_circle);
  visit(F("reward_clip").Within(0, 1e6), config.reward_clip);
}

// The kinds of objects that can be there several times.
template <FieldsOf<EnvironmentConfig> Self, typename Visit>
void VisitObjects(Self& config, Visit&& visit) {
  VisitPlacement(
      {"buttons_num", "buttons_placements", "buttons_locations", "buttons_keepout", "buttons_size"},
      config.buttons, visit);
  VisitPlacement(
      {"walls_num", "walls_placements", "walls_locations", "walls_keepout", "walls_size"},
      config.walls, visit);
  VisitPlacement(
      {"hazards_num", "hazards_placements", "hazards_locations", "hazards_keepout", "hazards_size"},
      config.hazards, visit);
  VisitPlacement(
      {"vases_num", "vases_placements", "vases_locations", "vases_keepout", "vases_size"},
      config.vases, visit);
  VisitPlacement(
      {"pillars_num", "pillars_placements", "pillars_locations", "pillars_keepout", "pillars_size"},
      config.pillars, visit);
  VisitPlacement({"gremlins_num", "gremlins_placements", "gremlins_locations", "gremlins_keepout",
                  "gremlins_size"},
                 config.gremlins, visit);
}

// What they cost, and what else is theirs.
template <FieldsOf<EnvironmentConfig> Self, typename Visit>
void VisitCosts(Self& config, Visit&& visit) {
  using F = Field<EnvironmentConfig>;
  visit(F("constrain_hazards"), config.constrain_hazards);
  visit(F("constrain_vases"), config.constrain_vases);
  visit(F("constrain_pillars"), config.constrain_pillars);
  visit(F("constrain_buttons"), config.constrain_buttons);
  visit(F("constrain_gremlins"), config.constrain_gremlins);
  visit(F("constrain_indicator"), config.constrain_indicator);
  visit(F("buttons_cost"), config.buttons_cost);
  visit(F("buttons_resampling_delay").Within(0, 1e6), config.buttons_resampling_delay);
  visit(F("hazards_cost"), config.hazards_cost);
  visit(F("vases_density").Within(1e-6, 1e6), config.vases_density);
  visit(F("vases_sink"), config.vases_sink);
  visit(F("vases_contact_cost"), config.vases_contact_cost);
  visit(F("vases_displace_cost"), config.vases_displace_cost);
  visit(F("vases_displace_threshold"), config.vases_displace_threshold);
  visit(F("vases_velocity_cost"), config.vases_velocity_cost);
  visit(F("vases_velocity_threshold"), config.vases_velocity_threshold);
  visit(F("pillars_height").Within(1e-6, 1e6), config.pillars_height);
  visit(F("pillars_cost"), config.pillars_cost);
  visit(F("gremlins_travel"), config.gremlins_travel);
  visit(F("gremlins_density").Within(1e-6, 1e6), config.gremlins_density);
  visit(F("gremlins_contact_cost"), config.gremlins_contact_cost);
  visit(F("gremlins_dist_threshold"), config.gremlins_dist_threshold);
  visit(F("gremlins_dist_cost"), config.gremlins_dist_cost);
}

// See sim/base/fields.h. Without the id, which is no option.
template <FieldsOf<EnvironmentConfig> Self, typename Visit>
void VisitFields(Self& config, Visit&& visit) {
  VisitEpisode(config, visit);
  VisitObservation(config, visit);
  VisitPartialSight(config, visit);
  VisitRobotScales(config, visit);
  VisitRendering(config, visit);
  VisitTask(config, visit);
  VisitObjects(config, visit);
  VisitCosts(config, visit);
}

}  // namespace lookout::sim
