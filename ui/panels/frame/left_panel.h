// The left side: who steers, what is drawn over the scene, and the episodes. Window thread only.
#pragma once

#include "ui/panels/state/panel.h"

namespace lookout::ui {

void DrawLeftPanel(const PanelContext& context);

}  // namespace lookout::ui
