// Which halo above the robot is which lidar: names and colours, the highest halo first. Window
// thread only, inside an ImGui frame with a UiContext.
#pragma once

#include <imgui.h>

#include "sim/environment/state.h"
#include "ui/viewport/legend_frame.h"

namespace lookout::ui {

// Height of a view, at 100 %, that shows the axes in its corner, below this legend.
inline constexpr float kRoomForAxes = 220.0F;

// In the lower left corner of the view, above the axes; nothing without lidars.
void DrawLidarLegend(const sim::SceneDescription& scene, const ViewRect& rect, LegendFold& fold,
                     ImDrawList& list);

}  // namespace lookout::ui
