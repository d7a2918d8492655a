// Two clips side by side in place of meters, view and timeline: which of them is safer? Window
// thread only.
#pragma once

#include "ui/panels/state/inputs/window_inputs.h"
#include "ui/panels/state/keymap.h"
#include "ui/widgets/scopes.h"

namespace lookout::ui {

// Of `snapshots.pair`, which is not null. Costs and names stay hidden while the person judges
// blind.
void DrawPairScreen(const Rect& rect, const ActionContext& context,
                    const ViewportCallback& draw_view);

}  // namespace lookout::ui
