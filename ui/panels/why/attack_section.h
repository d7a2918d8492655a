// Searches for where the cost model in use, what its sensors tell it, or the agent that plays,
// fails. Window thread only.
#pragma once

#include "ui/panels/state/panel.h"

namespace lookout::ui {

void DrawAttacks(const PanelContext& context);

}  // namespace lookout::ui
