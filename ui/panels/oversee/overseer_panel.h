// The right panel of who oversees: who they are and in which order, what a person's held keys do, a
// blocker's consequences before it is switched on, and the account of this sitting. Window thread
// only.
#pragma once

#include "ui/panels/state/panel.h"

namespace lookout::ui {

extern const Panel kOverseerPanel;

}  // namespace lookout::ui
