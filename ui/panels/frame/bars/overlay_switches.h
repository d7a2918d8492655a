// Switches for what is drawn over the scene: in the left panel and in the menu of the view. Window
// thread only.
#pragma once

#include "ui/commands.h"
#include "ui/panels/state/inputs/window_inputs.h"
#include "ui/panels/state/panel.h"
#include "ui/panels/state/window_state.h"

namespace lookout::ui {

// The section of the left side.
extern const PanelSection kOverlaysSection;

// Two columns of switches across the content region; the field's quantity below them while it is
// shown.
void DrawOverlaySwitches(const WindowInputs& inputs, WindowState& window);

// Of those that apply now, without the field's quantity.
float OverlaySwitchesHeight(const WindowInputs& inputs);

// Switches an overlay and tells the cost field's worker whether the learned field is wanted.
void SetOverlay(const OverlaySwitch& overlay, bool shown, CommandSender& sender,
                WindowSettings& settings);

}  // namespace lookout::ui
