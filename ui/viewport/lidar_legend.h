// Which halo above the robot is which lidar: names and colours, the highest halo first. Window
// thread only, inside an ImGui frame with a UiContext.
#pragma once

#include <imgui.h>

#include "sim/environment/state.h"
#include "ui/viewport/viewport_decor.h"

namespace lookout::ui {

// In the lower left corner of the view, above the axes; nothing without lidars.
void DrawLidarLegend(const sim::SceneDescription& scene, const ViewRect& rect, ImDrawList& list);

}  // namespace lookout::ui
