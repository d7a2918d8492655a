// The menu of annotators: who marks, whose marks are to be seen, and what the one who marks is
// like. Window thread only.
#pragma once

#include "ui/panels/state/keymap.h"

namespace lookout::ui {

// A small popup; both are called in the same ImGui window, the second once a frame.
void OpenAnnotatorsMenu();
void DrawAnnotatorsMenu(const ActionContext& context);

}  // namespace lookout::ui
