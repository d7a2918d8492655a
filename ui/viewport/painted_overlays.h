// The overlays that are painted: what lies on the floor, stands on it or hovers above the robot.
// Window thread only.
#pragma once

#include "ui/viewport/paint_list.h"
#include "ui/viewport/view_input.h"
#include "ui/viewport/view_world.h"

namespace lookout::ui {

// Everything that options.overlays asks for; `selected_body` gets a dashed white ring (0: none).
void PaintOverlays(const ViewInput& input, const ViewOptions& options, const ViewWorld& world,
                   int selected_body, PaintList& out);

// Soft blots under everything that stands on the floor, where a shadow map costs too much.
void PaintShadows(const ViewWorld& world, PaintList& out);

// The parts, for those who test or reuse them.
void PaintHazards(const ViewWorld& world, bool field_beneath, PaintList& out);
void PaintKeepOut(const ViewWorld& world, PaintList& out);
void PaintGoal(const ViewWorld& world, PaintList& out);
void PaintVases(const ViewWorld& world, PaintList& out);
void PaintTrail(const ViewInput& input, int steps, PaintList& out);
// One ring of balls per lidar, stacked above the robot and turning with it; the reading is the
// opacity, plus 0.1 so that an empty ring is still seen (Safety Gym, Engine.render_lidar).
void PaintLidar(const ViewInput& input, const ViewWorld& world, PaintList& out);
// An arrow on the floor to where the robot will be in 0.3 s.
void PaintVelocity(const ViewWorld& world, PaintList& out);
// The turning part of a Point's action, as an arc from its heading.
void PaintTurn(const ViewInput& input, const ViewWorld& world, PaintList& out);
void PaintContact(const ViewInput& input, const ViewWorld& world, PaintList& out);

}  // namespace lookout::ui
