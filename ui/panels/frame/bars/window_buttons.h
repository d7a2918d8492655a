// The toolbar's buttons about the window itself: panels, presentation, appearance, keys, help.
// Window thread only.
#pragma once

#include "ui/panels/state/keymap.h"

namespace lookout::ui {

void DrawLeftPanelButton(const ActionContext& context);

// At the right end of the bar. all: with keys and help, which have keys of their own.
void DrawWindowButtons(const ActionContext& context, bool all);
float WindowButtonsWidth(bool all);

}  // namespace lookout::ui
