// What went wrong or is worth knowing, below the toolbar, until it is dismissed. Window thread
// only.
#pragma once

#include "ui/commands.h"
#include "ui/snapshots.h"

namespace lookout::ui {

// Height of all lines that are to be shown; 0 if there are none.
float BannerHeight(const Snapshots& snapshots);
void DrawBanner(const Snapshots& snapshots, CommandSender& sender);

}  // namespace lookout::ui
