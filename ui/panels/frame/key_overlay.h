// All keys on one sheet, by group; a click on a key rebinds it, conflicts are shown. Window thread
// only.
#pragma once

#include <string>

#include "agents/feedback/kinds/danger_classes.h"
#include "ui/panels/state/window_state.h"
#include "ui/widgets/scopes.h"

namespace lookout::ui {

// classes: what the keys that choose a danger class are listed as.
void DrawKeyOverlay(const Rect& window_rect, const agents::DangerClasses& classes,
                    WindowState& window);

// What a key does, as listed; with its mode where the same key does something else in another one:
// "Loop the selected span (Mark)".
std::string KeyListText(const Action& action, const Keymap& keymap,
                        const agents::DangerClasses& classes);

// While a key is being rebound it takes every key; true if it did, so that nothing else reacts.
bool TakeRebinding(WindowState& window);

}  // namespace lookout::ui
