// What the task asks for, painted on the floor: the box's way to its goal, the circle to run round,
// the direction to run in. Window thread only.
#pragma once

#include "sim/recording/recording.h"
#include "ui/viewport/painting/paint_list.h"
#include "ui/viewport/scene/view_world.h"

namespace lookout::ui {

void PaintTask(const sim::StepRecord& step, const ViewWorld& world, PaintList& out);

}  // namespace lookout::ui
