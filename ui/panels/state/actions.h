// What several panels ask of the window. Window thread only.
#pragma once

#include <string>

#include "agents/feedback/kinds/mark.h"
#include "ui/snapshots.h"

namespace lookout::ui {

class CommandSender;
struct MarksState;

// What would be lost if the program ended now, as a sentence or two; empty if nothing.
std::string LostByQuitting(const Snapshots& snapshots);

// Selects the mark and shows its first step, loading its episode if need be.
void ShowMark(const Snapshots& snapshots, CommandSender& sender, MarksState& marks,
              const agents::Mark& mark);

}  // namespace lookout::ui
