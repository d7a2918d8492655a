// What the second of two agents does that the first does not, or less often: the search, and the
// ways that it found, those first that cost most where nothing alike was marked. Window thread
// only.
#pragma once

#include <string_view>

#include "ui/commands.h"
#include "ui/snapshots.h"

namespace lookout::ui {

// Fills the width of the current ImGui window. Sends FindNewWays for those two, StopNewWays,
// ShowNewWay and MarkNewWay. why_not: they cannot be compared; empty: they can.
void DrawNewWays(const Snapshots& snapshots, CommandSender& sender, const SetAgent& before,
                 const SetAgent& after, std::string_view why_not);

}  // namespace lookout::ui
