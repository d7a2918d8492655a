// The tool that draws regions on the floor, over the view: which shape, unsafe or safe, or a rule
// about a kind of object. Window thread only.
#pragma once

#include "ui/panels/state/inputs/window_inputs.h"
#include "ui/panels/state/keymap.h"
#include "ui/widgets/scopes.h"

namespace lookout::ui {

// Nothing while the tool is not at hand.
void DrawRegionCard(const Rect& view, const ActionContext& context, RegionDraft& draft);

}  // namespace lookout::ui
