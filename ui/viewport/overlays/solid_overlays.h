// The overlays that are bodies with light and shadow: the arrows, appended to MuJoCo's scene.
// Window thread only.
#pragma once

#include <mujoco/mjvisualize.h>

#include "ui/viewport/scene/view_input.h"
#include "ui/viewport/scene/view_world.h"

namespace lookout::ui {

// Everything that options.overlays asks for. Geoms beyond the scene's room are left out.
void AddSolidOverlays(const ViewInput& input, const ViewOptions& options, const ViewWorld& world,
                      mjvScene& scene);

// What was done (yellow) and, where it differs, what the agent had proposed (pink).
void AddActionArrows(const ViewInput& input, const ViewOptions& options, const ViewWorld& world,
                     mjvScene& scene);

}  // namespace lookout::ui
