// How far the sensors of the moment on screen may be off before the cost model's verdict turns.
// Window thread only.
#pragma once

#include "ui/panels/state/panel.h"

namespace lookout::ui {

void DrawSensors(const PanelContext& context);

}  // namespace lookout::ui
