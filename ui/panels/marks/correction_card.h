// A card over the view on which a person chooses what should have been done there, as a drive.
// Window thread only.
#pragma once

#include "ui/panels/state/keymap.h"
#include "ui/widgets/scopes.h"

namespace lookout::ui {

// At the view's lower left corner, as long as its moment stands on screen. The keys of driving and
// the arrows move the sliders, Enter asks for both futures.
void DrawCorrectionCard(const Rect& view, const ActionContext& context);

}  // namespace lookout::ui
