// All keys on one sheet, by group; a click on a key rebinds it, conflicts are shown. Window thread
// only.
#pragma once

#include "agents/feedback/kinds/danger_classes.h"
#include "ui/panels/state/window_state.h"
#include "ui/widgets/scopes.h"

namespace lookout::ui {

// classes: what the keys that choose a danger class are listed as.
void DrawKeyOverlay(const Rect& window_rect, const agents::DangerClasses& classes,
                    WindowState& window);

// While a key is being rebound it takes every key; true if it did, so that nothing else reacts.
bool TakeRebinding(WindowState& window);

}  // namespace lookout::ui
