// Searches for moments in which the cost model in use is wrong, shows them, and has a person asked
// about them. Window thread only.
#pragma once

#include "ui/panels/state/panel.h"

namespace lookout::ui {

// section_top_px: where the section that it is a part of stands below the panel's top.
void DrawBlindSpots(const PanelContext& context, float section_top_px);

}  // namespace lookout::ui
