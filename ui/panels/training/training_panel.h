// Starting, watching and stopping a training run: its settings, its curves, the way to its newest
// policy. Window thread only.
#pragma once

#include "ui/panels/state/panel.h"

namespace lookout::ui {

extern const Panel kTrainingPanel;

}  // namespace lookout::ui
