// The episodes of the project: the live one, earlier ones, branches. A click shows one. Window
// thread only.
#pragma once

#include "ui/commands.h"
#include "ui/snapshots.h"

namespace lookout::ui {

void DrawEpisodesPanel(const Snapshots& snapshots, CommandSender& sender, float height_px);

}  // namespace lookout::ui
