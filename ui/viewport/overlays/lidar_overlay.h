// The lidar halos above the robot, one for each kind that it observes. Window thread only.
#pragma once

#include <vector>

#include "ui/viewport/painting/paint_list.h"
#include "ui/viewport/scene/view_input.h"
#include "ui/viewport/scene/view_world.h"

namespace lookout::ui {

// The observed rings from the lowest halo to the highest.
std::vector<sim::LidarRing> StackedRings(const sim::SceneDescription& scene);

// One ring of balls per lidar, stacked above the robot and turning with it; the reading is the
// opacity, plus 0.1 so that an empty ring is still seen (Safety Gym, Engine.render_lidar).
void PaintLidar(const ViewInput& input, const ViewWorld& world, PaintList& out);

}  // namespace lookout::ui
