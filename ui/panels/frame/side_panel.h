// The right side: marks, cost model and training as tabs. Window thread only.
#pragma once

#include "ui/commands.h"
#include "ui/panels/state/window_inputs.h"
#include "ui/panels/state/window_state.h"

namespace lookout::ui {

void DrawSidePanel(const Snapshots& snapshots, CommandSender& sender, const WindowInputs& inputs,
                   WindowState& window);

}  // namespace lookout::ui
