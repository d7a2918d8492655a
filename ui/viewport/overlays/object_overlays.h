// What is painted round the things of the scene: their boundaries, keep-out rings, ways and states.
// Window thread only.
#pragma once

#include "sim/recording/recording.h"
#include "ui/viewport/painting/paint_list.h"
#include "ui/viewport/scene/view_world.h"

namespace lookout::ui {

// Soft blots under everything that stands on the floor, where a shadow map costs too much.
void PaintShadows(const ViewWorld& world, PaintList& out);
// The true boundary of the cost; orange while the robot's centre is inside.
void PaintHazards(const ViewWorld& world, bool field_beneath, PaintList& out);
// Dashed, at the robot's radius round whatever costs.
void PaintKeepOut(const ViewWorld& world, PaintList& out);
void PaintGoal(const ViewWorld& world, PaintList& out);
// A ring, and for a vase that was moved where it stood.
void PaintVases(const ViewWorld& world, PaintList& out);
// Pillars and walls: a line where they meet the floor.
void PaintSolids(const ViewWorld& world, PaintList& out);
// The circle that each is dragged along, and where it goes next.
void PaintGremlins(const ViewWorld& world, PaintList& out);
// The goal button under a beacon; while buttons do not count, all dashed with the time left.
void PaintButtons(const sim::StepRecord& step, const ViewWorld& world, PaintList& out);

}  // namespace lookout::ui
