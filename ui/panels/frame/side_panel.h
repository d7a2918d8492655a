// The right side: one panel at a time, under tabs; the list of them is in the source. Window thread
// only.
#pragma once

#include <string_view>

#include "ui/commands.h"
#include "ui/panels/state/inputs/window_inputs.h"
#include "ui/panels/state/window_state.h"

namespace lookout::ui {

// Puts the panel with that tab ("tab/marks") to the front; one has to have it.
void ShowPanel(std::string_view tab, WindowSettings& settings);

void DrawSidePanel(const Snapshots& snapshots, CommandSender& sender, const WindowInputs& inputs,
                   WindowState& window);

}  // namespace lookout::ui
