// The regions that people drew on the floor or wrote as rules. Window thread only.
#pragma once

#include <vector>

#include "agents/feedback/kinds/region.h"
#include "ui/viewport/painting/paint_list.h"
#include "ui/viewport/scene/view_world.h"

namespace lookout::ui {

// Hatched and red where unsafe, plain and green where safe; a rule is a dashed ring round every
// object of its kind. One that is not whole yet is a line.
void PaintRegions(const std::vector<agents::Region>& regions, const ViewWorld& world,
                  PaintList& out);

}  // namespace lookout::ui
