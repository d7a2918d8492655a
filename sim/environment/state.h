// Everything that decides an environment's future, as values: save, restore, branch, draw.
// Value types; any thread.
#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <string>
#include <vector>

#include "sim/base/random_state.h"
#include "sim/environment/environment.h"
#include "sim/environment/kinds.h"

namespace lookout::sim {

// The full dynamic state after a step. With the episode's EpisodeSetup it rebuilds the environment
// bit for bit, random stream and solver warm start included.
struct SimState {
  double time_s = 0.0;
  Eigen::VectorXd qpos;            // [nq] before the forward pass that ended the step
  Eigen::VectorXd qvel;            // [nv]
  Eigen::VectorXd qacc_warmstart;  // [nv] likewise, so that one pass restores everything else
  Eigen::VectorXd ctrl;            // [nu] the action as clipped and with noise
  Eigen::VectorXd mocap_pos;       // [3 * nmocap] metres, world frame
  Eigen::Vector3d goal_position_in_world = Eigen::Vector3d::Zero();  // metres
  double last_goal_distance_m = 0.0;                                 // memory of the dense reward
  double last_box_distance_m = 0.0;
  double last_box_goal_distance_m = 0.0;
  std::int32_t goal_button = -1;  // index of the goal button, or -1
  std::int32_t button_timer = 0;  // steps until buttons count again
  std::int32_t step = 0;          // steps taken in this episode
  EpisodeStatus status = EpisodeStatus::kRunning;
  RandomStateSnapshot random;

  // Where the robot does not get to see everything
  // (EnvironmentConfig::goal_shown_steps and sensor_delay): steps since the goal was placed; and
  // the observation that is seen now, then those that are still to be seen, the next one first.
  // Else 0 and empty.
  std::int32_t goal_age = 0;
  Eigen::VectorXd sights;  // [(sensor_delay + 1) * observation_dim]
};

struct Placement {
  std::string name;  // "robot", "goal", "hazard3", ...
  double x_m = 0.0;
  double y_m = 0.0;
};

struct Rotation {
  std::string name;
  double angle_rad = 0.0;
};

// What a reset decided: constant for the episode.
struct EpisodeSetup {
  std::uint32_t generator_seed = 0;  // the seed of this episode's RandomState
  std::vector<Placement> layout;     // as first sampled, in the order of sampling
  std::vector<Rotation> rotations;   // in the order of drawing
  double robot_rotation_rad = 0.0;   // drawn or fixed
};

// One thing of the scene as a person names it; `body` indexes mjData::xpos.
struct SceneObject {
  SceneObjectKind kind = SceneObjectKind::kRobot;
  int index = 0;  // hazard 3 -> 3
  int body = 0;
  double radius_m = 0;  // true boundary for cost or goal (hazard, goal), half-size otherwise
};

// A pseudo-lidar ring: which observation entry it is, and what it looks at.
struct LidarRing {
  int observation_offset = 0;
  int bins = 0;
  SceneObjectKind kind = SceneObjectKind::kHazard;
};

// What a viewer has to know about an episode besides its model.
struct SceneDescription {
  std::vector<SceneObject> objects;
  std::vector<LidarRing> lidar_rings;
  int robot_body = 0;
  int goal_body = -1;           // whose model position follows SimState::goal_position_in_world
  double robot_radius_m = 0.1;  // contact radius used for keep-out rings
};

}  // namespace lookout::sim
