// The overlays that are painted: what lies on the floor, stands on it or hovers above the robot.
// Window thread only.
#pragma once

#include "ui/viewport/painting/paint_list.h"
#include "ui/viewport/scene/view_input.h"
#include "ui/viewport/scene/view_world.h"

namespace lookout::ui {

// Everything that options.overlays asks for; `selected_body` gets a dashed white ring (0: none).
void PaintOverlays(const ViewInput& input, const ViewOptions& options, const ViewWorld& world,
                   int selected_body, PaintList& out);

// The parts that belong to the robot, for those who test or reuse them. Those of the things round
// it are in object_overlays.h, task_overlays.h and lidar_overlay.h.
void PaintTrail(const ViewInput& input, const ViewOptions& options, PaintList& out);
// An arrow on the floor to where the robot will be in 0.3 s.
void PaintVelocity(const ViewWorld& world, const ViewOptions& options, PaintList& out);
// The turning part of a Point's or Car's action, as an arc from its heading.
void PaintTurn(const ViewInput& input, const ViewOptions& options, const ViewWorld& world,
               PaintList& out);
// An arrow on the floor along the way that a drive means, a ring if it means to stand still.
void PaintPlanned(const ViewWorld& world, const PlannedDrive& drive, PaintList& out);
void PaintContact(const ViewInput& input, const ViewWorld& world, PaintList& out);

}  // namespace lookout::ui
