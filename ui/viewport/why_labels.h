// How much each object contributes, and what the smallest move changes, written over the view: the
// greatest first, and nothing over what is there already.
// Window thread only, inside an ImGui frame with a UiContext.
#pragma once

#include <imgui.h>

#include "ui/viewport/legend_frame.h"
#include "ui/viewport/viewport_decor.h"

namespace lookout::ui {

// Nothing unless the moment on screen is explained.
void DrawWhyLabels(const DecorInput& input, const ViewRect& rect, ImDrawList& list);

}  // namespace lookout::ui
