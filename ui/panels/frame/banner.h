// What went wrong or is worth knowing, over the 3-D view, until its cause is gone or it
// is dismissed. Window thread only.
#pragma once

#include "ui/commands.h"
#include "ui/snapshots.h"
#include "ui/widgets/scopes.h"

namespace lookout::ui {

// Nothing if there is nothing to tell. Leaves the row free that has the view's badge and buttons.
void DrawBanner(const Rect& view, const Snapshots& snapshots, CommandSender& sender);

}  // namespace lookout::ui
