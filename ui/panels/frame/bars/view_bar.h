// The buttons in the upper right corner of the 3-D view: camera, overlays, pictures. Window thread
// only.
#pragma once

#include "ui/panels/state/inputs/window_inputs.h"
#include "ui/panels/state/keymap.h"
#include "ui/widgets/scopes.h"

namespace lookout::ui {

// Draws into the view's own ImGui window, over the picture.
void DrawViewBar(const Rect& view, const ActionContext& context, const WindowInputs& inputs);

}  // namespace lookout::ui
