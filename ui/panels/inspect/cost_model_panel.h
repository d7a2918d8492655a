// What the learned cost knows: labels, fitting, quality on held-out episodes, versions, and where
// marks contradict each other. Window thread only.
#pragma once

#include "ui/panels/state/panel.h"

namespace lookout::ui {

extern const Panel kCostModelPanel;

}  // namespace lookout::ui
