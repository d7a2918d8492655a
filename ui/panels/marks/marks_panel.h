// The list of marks: how to make them, undo and redo, and each mark with its state on disk. Window
// thread only.
#pragma once

#include "ui/panels/state/panel.h"

namespace lookout::ui {

extern const Panel kMarksPanel;

}  // namespace lookout::ui
