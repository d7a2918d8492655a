// The overlays that are bodies in space: lidar halos and arrows, appended to MuJoCo's scene. Window
// thread only.
#pragma once

#include <mujoco/mjvisualize.h>

#include "ui/viewport/view_input.h"
#include "ui/viewport/view_world.h"

namespace lookout::ui {

// Everything that options.overlays asks for. Geoms beyond the scene's room are left out.
void AddSolidOverlays(const ViewInput& input, const ViewOptions& options, const ViewWorld& world,
                      mjvScene& scene);

// One ring of spheres per lidar, stacked above the robot and turning with it; the reading is the
// opacity, plus 0.1 so that an empty ring is still seen (Safety Gym, Engine.render_lidar).
void AddLidarHalos(const ViewInput& input, const ViewWorld& world, mjvScene& scene);

// Where the robot will be in half a second.
void AddVelocityArrow(const ViewWorld& world, mjvScene& scene);

// What was done (yellow) and, where it differs, what the agent had proposed (pink).
void AddActionArrows(const ViewInput& input, const ViewWorld& world, mjvScene& scene);

}  // namespace lookout::ui
