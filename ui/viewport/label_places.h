// Where labels at the top of the view lie. Window thread only.
#pragma once

#include <imgui.h>

#include "ui/viewport/legend_frame.h"

namespace lookout::ui {

inline constexpr float kRowBelow = 38.0F;  // from the first row of labels to the second, at 100 %

// The upper left corner of a label of that width at the top of the view: in its middle if what lies
// at the left and the right of the row leaves that free, else beside it, else in a row below.
ImVec2 PlaceAtTop(const ViewRect& rect, float width, float left_px, float right_px);

// Whether what stands at the left and begins there, in pixels of the screen, would lie under
// labels: those of a narrow view have a second row.
bool ReachesLabels(float top, const ViewRect& rect);

}  // namespace lookout::ui
