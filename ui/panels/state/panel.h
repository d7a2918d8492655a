// What the window knows of a panel of its right side. A panel defines one of these beside its draw
// function and stands in the list of ui/panels/frame/side_panel.cc. Window thread only.
#pragma once

#include "ui/commands.h"
#include "ui/panels/state/window_inputs.h"
#include "ui/panels/state/window_state.h"

namespace lookout::ui {

// All that a panel may read, ask for and keep.
struct PanelContext {
  const Snapshots& snapshots;
  CommandSender& sender;
  const WindowInputs& inputs;
  WindowState& window;
};

struct Panel {
  const char* tab = "";   // the id of its tab: "tab/marks"
  const char* icon = "";  // UTF-8
  const char* name = "";  // "Marks"
  void (*draw)(const PanelContext&) = nullptr;
};

}  // namespace lookout::ui
