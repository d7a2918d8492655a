// An experiment on transfer as a matrix: how good what was learned in one environment is in each
// other. A click opens the case. Window thread only.
#pragma once

#include "ui/panels/state/keymap.h"
#include "ui/widgets/scopes.h"

namespace lookout::ui {

// In the panel of the cost model, to open it again; nothing while none was opened.
void DrawTransferLine(const ActionContext& context);

// Over the window, from when one is opened until it is closed.
void DrawTransferSheet(const Rect& window_rect, const ActionContext& context);

}  // namespace lookout::ui
