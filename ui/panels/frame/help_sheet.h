// The help: the five steps, what every number means, and how the usual things are done. Window
// thread only.
#pragma once

#include "ui/panels/state/window_state.h"

namespace lookout::ui {

// Draws nothing unless WindowState::help_shown.
void DrawHelp(const Rect& window_rect, WindowState& window);

}  // namespace lookout::ui
