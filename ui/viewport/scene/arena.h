// Which part of the floor an episode is about. Any thread.
#pragma once

#include <Eigen/Core>

#include "sim/config/config.h"

namespace lookout::ui {

// Where things are placed, with fixed places beyond it and the circle to run round. Metres, world
// frame.
sim::Rectangle ArenaOf(const sim::EnvironmentConfig& config);

// What a view of the whole arena shows: the arena and the robot, however far it has left it; where
// running away is the task, as much of the floor round the robot.
sim::Rectangle FramedFloor(const sim::EnvironmentConfig& config,
                           const Eigen::Vector3d& robot_position_in_world);

// Whether the task leads beyond the piece of the floor that models draw.
bool LeavesTheFloor(const sim::EnvironmentConfig& config);

}  // namespace lookout::ui
