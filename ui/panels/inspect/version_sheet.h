// Two versions of the cost model side by side: what the panel says of them, and the sheet with
// curves, figures and the moments at which they differ. Window thread only.
#pragma once

#include "ui/panels/state/keymap.h"
#include "ui/widgets/scopes.h"

namespace lookout::ui {

// In the panel, below the list of versions; nothing while none are compared.
void DrawVersionComparison(const ActionContext& context);

// Over the window, while it is shown.
void DrawVersionSheet(const Rect& window_rect, const ActionContext& context);

}  // namespace lookout::ui
