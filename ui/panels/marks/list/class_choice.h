// Which class of danger what is unsafe has, and what that class is called. Window thread only.
#pragma once

#include <string>

#include "ui/panels/state/keymap.h"

namespace lookout::ui {

// A drop-down of the classes; the pencil beside it turns it into a field for the name of the class
// that is chosen. read_only: why names cannot be kept; empty: they can.
void DrawClassChoice(const ActionContext& context, const std::string& read_only);

}  // namespace lookout::ui
