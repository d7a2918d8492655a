// What the present ImGui frame says of a picture: its size in pixels, and the mouse over it. Window
// thread only.
#pragma once

#include <imgui.h>

#include "ui/viewport/legend_frame.h"
#include "ui/viewport/painting/rgb_image.h"
#include "ui/viewport/scene/view_mouse.h"

namespace lookout::ui {

// ImGui's window units to drawable pixels.
SizePx PixelsOf(ImVec2 size);

// The mouse over the item that was drawn last, which is that rectangle.
MouseInput MouseOver(const ViewRect& rect);

}  // namespace lookout::ui
