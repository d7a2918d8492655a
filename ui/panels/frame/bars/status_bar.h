// The line at the bottom: mode, speeds, renderer, training, project. Window thread only.
#pragma once

#include "ui/panels/state/keymap.h"

namespace lookout::ui {

void DrawStatusBar(const ActionContext& context);

}  // namespace lookout::ui
