// What several panels ask of the window. Window thread only.
#pragma once

#include <string>

#include "agents/feedback/kinds/mark.h"
#include "ui/commands.h"
#include "ui/snapshots.h"

namespace lookout::ui {

struct MarksState;

// What would be lost if the program ended now, as a sentence or two; empty if nothing.
std::string LostByQuitting(const Snapshots& snapshots);

// Selects what has that id and shows the moment, loading its episode if need be. Of a mark that is
// its first step.
void ShowMoment(const Snapshots& snapshots, CommandSender& sender, MarksState& marks, MarkId id,
                const Moment& moment);
void ShowMark(const Snapshots& snapshots, CommandSender& sender, MarksState& marks,
              const agents::Mark& mark);

}  // namespace lookout::ui
