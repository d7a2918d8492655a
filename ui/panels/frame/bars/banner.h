// What went wrong or is worth knowing, at the top of the 3-D view: the newest few, until they have
// been read, their cause is gone or they are dismissed. Window thread only.
#pragma once

#include "ui/panels/state/keymap.h"
#include "ui/snapshots.h"
#include "ui/widgets/scopes.h"

namespace lookout::ui {

// Nothing if there is nothing to tell. Leaves the row free that has the view's badge and buttons,
// and never reaches the middle of the view; what has no room is in the list of messages. What is
// told while a sheet lies above the window is shown in front of that, too.
void DrawBanner(const Rect& view, const ActionContext& context);

}  // namespace lookout::ui
