// What the window knows of a panel of its right side and of a section of its left one: each defines
// its descriptor beside its draw function and stands in the list of ui/panels/frame/side_panel.cc
// or left_panel.cc. Window thread only.
#pragma once

#include "ui/commands.h"
#include "ui/panels/state/inputs/window_inputs.h"
#include "ui/panels/state/window_state.h"
#include "ui/widgets/text.h"

namespace lookout::ui {

// All that a panel may read, ask for and keep.
struct PanelContext {
  const Snapshots& snapshots;
  CommandSender& sender;
  const WindowInputs& inputs;
  WindowState& window;
};

// That keys open, too.
inline constexpr char kQueriesTab[] = "tab/queries";

struct Panel {
  const char* tab = "";   // the id of its tab: "tab/marks"
  const char* icon = "";  // UTF-8
  const char* name = "";  // "Marks"
  void (*draw)(const PanelContext&) = nullptr;
};

// Folds; whether it is open is kept in the settings under its name.
struct PanelSection {
  const char* name = "";                           // "episodes"
  Short (*title)(const PanelContext&) = nullptr;   // "Episodes (12)"
  Short (*remark)(const PanelContext&) = nullptr;  // at the right end of the heading
  // What it fills below its heading, in pixels, when open. A section that has none in a list gets
  // what the others leave.
  float (*height)(const PanelContext&) = nullptr;
  void (*draw)(const PanelContext&, float room_px) = nullptr;
};

}  // namespace lookout::ui
