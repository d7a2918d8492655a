// All that the program has told in this sitting, newest first. Window thread only.
#pragma once

#include "ui/panels/state/window_state.h"
#include "ui/snapshots.h"
#include "ui/widgets/scopes.h"

namespace lookout::ui {

// A sheet over the window; nothing unless it was asked for.
void DrawMessages(const Rect& window_rect, const Snapshots& snapshots, WindowState& window);

}  // namespace lookout::ui
