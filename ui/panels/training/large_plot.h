// One of training's plots over the whole window, smoothed at will, with what leads out of the
// program: CSV and SVG. Window thread only.
#pragma once

#include "ui/panels/state/keymap.h"
#include "ui/panels/state/window_state.h"

namespace lookout::ui {

// Draws nothing unless WindowState::plot is open.
void DrawLargePlot(const Rect& window_rect, const ActionContext& context);

}  // namespace lookout::ui
