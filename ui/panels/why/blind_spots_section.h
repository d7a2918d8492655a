// Searches for moments in which the cost model in use is wrong, shows them, and has a person asked
// about them. Window thread only.
#pragma once

#include "ui/panels/state/panel.h"

namespace lookout::ui {

void DrawBlindSpots(const PanelContext& context);

}  // namespace lookout::ui
