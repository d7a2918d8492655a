// What can be done with the selected mark: its verdict, how bad it is, its note, its edges, a loop
// over it. Window thread only.
#pragma once

#include "ui/panels/state/keymap.h"
#include "ui/snapshots.h"

namespace lookout::ui {

void DrawSelectedMark(const ActionContext& context, const agents::Mark& mark);
// That it takes.
float SelectedMarkHeight(const agents::Mark& mark);

}  // namespace lookout::ui
