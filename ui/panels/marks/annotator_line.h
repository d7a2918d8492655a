// Who marks here, and how late. Window thread only.
#pragma once

#include <string>

#include "ui/commands.h"
#include "ui/snapshots.h"

namespace lookout::ui {

// One line: the annotator's name and reaction lag, to be changed. Below it what the marks panel
// cannot show, if there is any: feedback that a newer version made.
void DrawAnnotator(const Snapshots& snapshots, CommandSender& sender, const std::string& read_only);

}  // namespace lookout::ui
