// Who steers: the agent of the live episode and those that could take over. Window thread only.
#pragma once

#include "ui/panels/state/panel.h"

namespace lookout::ui {

extern const PanelSection kAgentsSection;

}  // namespace lookout::ui
