// What the colours of the learned cost on the floor mean, and which model they come from. Window
// thread only, inside an ImGui frame with a UiContext.
#pragma once

#include <imgui.h>

#include "ui/snapshots.h"
#include "ui/viewport/legend_frame.h"

namespace lookout::ui {

// Colour bar with numbers, name and origin of the field, in the lower right corner of the view.
void DrawFieldLegend(const Snapshots& snapshots, FieldQuantity quantity, const ViewRect& rect,
                     LegendFold& fold, ImDrawList& list);

}  // namespace lookout::ui
