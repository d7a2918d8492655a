// The overlays that lie on the floor or stand on it, as paint. Window thread only.
#pragma once

#include "ui/viewport/paint_list.h"
#include "ui/viewport/view_input.h"
#include "ui/viewport/view_world.h"

namespace lookout::ui {

// Everything that options.overlays asks for; `selected_body` gets a dashed white ring (0: none).
void PaintOverlays(const ViewInput& input, const ViewOptions& options, const ViewWorld& world,
                   int selected_body, PaintList& out);

// The parts, for those who test or reuse them.
void PaintHazards(const ViewWorld& world, bool field_beneath, PaintList& out);
void PaintKeepOut(const ViewWorld& world, PaintList& out);
void PaintGoal(const ViewWorld& world, PaintList& out);
void PaintVases(const ViewWorld& world, PaintList& out);
void PaintTrail(const ViewInput& input, int steps, PaintList& out);
void PaintTurn(const ViewInput& input, const ViewWorld& world, PaintList& out);
void PaintContact(const ViewInput& input, const ViewWorld& world, PaintList& out);

}  // namespace lookout::ui
