// The sheet on which a person chooses an environment: all registered ones by robot and task, those
// that came as files, and the files opened lately. Window thread only.
#pragma once

#include "ui/commands.h"
#include "ui/panels/state/inputs/window_inputs.h"
#include "ui/panels/state/window_state.h"

namespace lookout::ui {

// Over `window_rect` while state.environments.shown; closes itself when one is chosen.
void DrawEnvironmentBrowser(const Rect& window_rect, const Snapshots& snapshots,
                            CommandSender& sender, const WindowInputs& inputs, WindowState& window);

}  // namespace lookout::ui
