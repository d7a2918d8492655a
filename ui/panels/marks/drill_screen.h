// The reaction drill as a card over the view. Window thread only.
#pragma once

#include "ui/panels/state/inputs/window_inputs.h"
#include "ui/panels/state/keymap.h"
#include "ui/widgets/scopes.h"

namespace lookout::ui {

// Nothing if none is going on or asked for (WindowState::drill_asked). The key is that of "unsafe";
// Esc leaves.
void DrawDrill(const Rect& view, const ActionContext& context, const WindowInputs& inputs);

}  // namespace lookout::ui
