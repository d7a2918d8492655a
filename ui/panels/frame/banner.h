// What went wrong or is worth knowing, over the top of the 3-D view, until its cause is gone or it
// is dismissed. Window thread only.
#pragma once

#include "ui/commands.h"
#include "ui/snapshots.h"
#include "ui/widgets/scopes.h"

namespace lookout::ui {

// Nothing if there is nothing to tell. Leaves the corner of the view that has its buttons free.
void DrawBanner(const Rect& view, const Snapshots& snapshots, CommandSender& sender);

}  // namespace lookout::ui
