// The versions of the cost model of what is on screen: which is in use, what they are called, which
// were deleted, and how two of them compare. Window thread only.
#pragma once

#include "ui/commands.h"
#include "ui/panels/state/keymap.h"

namespace lookout::ui {

// Nothing while there is no version.
void DrawModelVersions(const ActionContext& context);

}  // namespace lookout::ui
