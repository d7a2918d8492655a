// Cards over the view: the welcome with its five steps, and the about box. They never stop the
// episode. Window thread only.
#pragma once

#include "ui/panels/state/inputs/window_inputs.h"
#include "ui/panels/state/window_state.h"

namespace lookout::ui {

// Inside `view`, as large as it needs.
void DrawWelcome(const Rect& view, WindowState& window);
void DrawAbout(const Rect& window_rect, const WindowInputs& inputs, WindowState& window);

// Asks before the program ends with something unfinished; drawn while window.quit_asked.
void DrawQuitQuestion(const Rect& window_rect, const Snapshots& snapshots, CommandSender& sender,
                      WindowState& window);

}  // namespace lookout::ui
