// Where the robot was at the moments that its agent goes by. Window thread only.
#pragma once

#include "ui/viewport/painting/paint_list.h"
#include "ui/viewport/scene/view_input.h"

namespace lookout::ui {

// A disc on the trail for each step attended to, its area and opacity by how much, relative to the
// most; what is less than a twentieth of that is left out.
void PaintAttention(const ViewInput& input, PaintList& out);

}  // namespace lookout::ui
