// The line at the bottom: mode, speeds, renderer, training, project. Window thread only.
#pragma once

#include "ui/snapshots.h"

namespace lookout::ui {

void DrawStatusBar(const Snapshots& snapshots);

}  // namespace lookout::ui
