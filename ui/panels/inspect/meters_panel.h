// The strip above the view: what this moment costs and earns, true and predicted against the same
// limit. Window thread only.
#pragma once

#include "ui/snapshots.h"

namespace lookout::ui {

void DrawMeters(const Snapshots& snapshots);

}  // namespace lookout::ui
