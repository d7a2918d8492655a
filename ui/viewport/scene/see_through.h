// Walls and pillars that stand between the eye and the robot are glass. Window thread only.
#pragma once

#include <mujoco/mjvisualize.h>

#include <Eigen/Core>

#include "ui/viewport/scene/view_world.h"

namespace lookout::ui {

// Whether the way from the eye to a point goes through the box around a geom; all in metres, world
// frame. A point before the geom, or within, is not behind it.
bool LiesBehind(const mjvGeom& geom, const Eigen::Vector3d& eye, const Eigen::Vector3d& point);

// Makes those geoms of `scene` transparent that hide the robot, or a part of it.
void SeeThroughToRobot(const ViewWorld& world, const Eigen::Vector3d& eye, mjvScene& scene);

}  // namespace lookout::ui
