// What can be done with the selected mark: its verdict, its note, its edges, a loop over it. Window
// thread only.
#pragma once

#include <string_view>

#include "ui/commands.h"
#include "ui/panels/state/window_state.h"

namespace lookout::ui {

// read_only: why nothing can be changed; empty if it can.
void DrawSelectedMark(const Snapshots& snapshots, CommandSender& sender, const Keymap& keymap,
                      MarksState& state, const agents::Mark& mark, std::string_view read_only);
// That it takes.
float SelectedMarkHeight();

}  // namespace lookout::ui
