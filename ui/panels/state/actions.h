// Commands that keys and panels share. Window thread only.
#pragma once

#include <string>

#include "agents/feedback/journal/mark.h"
#include "ui/panels/state/keymap.h"

namespace lookout::ui {

struct MarksState;

// The class of the next mark, of the one being made, or else of the selected one.
void ChooseDangerClass(const ActionContext& context, agents::DangerClass danger);

// What would be lost if the program ended now, as a sentence or two; empty if nothing.
std::string LostByQuitting(const Snapshots& snapshots);

// Selects the mark and shows its first step, loading its episode if need be.
void ShowMark(const Snapshots& snapshots, CommandSender& sender, MarksState& marks,
              const agents::Mark& mark);

}  // namespace lookout::ui
