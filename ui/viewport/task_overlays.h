// What the task asks for, painted on the floor: the box's way to its goal, the circle to run round,
// the direction to run in. Window thread only.
#pragma once

#include "sim/recording.h"
#include "ui/viewport/paint_list.h"
#include "ui/viewport/view_world.h"

namespace lookout::ui {

void PaintTask(const sim::StepRecord& step, const ViewWorld& world, PaintList& out);

}  // namespace lookout::ui
