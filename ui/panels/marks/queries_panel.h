// The queue of queries as a panel of the right side: what is worth looking at next, and why.
// Window thread only.
#pragma once

#include "ui/panels/state/panel.h"

namespace lookout::ui {

extern const Panel kQueriesPanel;

}  // namespace lookout::ui
