// Who marks here, and how late. Window thread only.
#pragma once

#include <string>

#include "ui/panels/state/keymap.h"

namespace lookout::ui {

// A button for everybody who marks here, of which a click switches to them, and one for the menu of
// annotators; then the reaction lag of who marks, to be changed. Below it what the marks panel
// cannot show, if there is any: feedback that a newer version made.
void DrawAnnotators(const ActionContext& context, const std::string& read_only);

}  // namespace lookout::ui
