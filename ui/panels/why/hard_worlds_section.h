// Searches for worlds in which the agent that plays comes to harm, shows them, and has them kept
// and saved. Window thread only.
#pragma once

#include "ui/panels/state/panel.h"

namespace lookout::ui {

// section_top_px: where the section that it is a part of stands below the panel's top.
void DrawHardWorlds(const PanelContext& context, float section_top_px);

}  // namespace lookout::ui
