// The list of marks: how to make them, undo and redo, and each mark with its state on disk. Window
// thread only.
#pragma once

#include "ui/commands.h"
#include "ui/panels/state/keymap.h"
#include "ui/panels/state/window_state.h"

namespace lookout::ui {

void DrawMarksPanel(const Snapshots& snapshots, CommandSender& sender, WindowState& window);

}  // namespace lookout::ui
