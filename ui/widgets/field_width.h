// How wide a field of a form is. The window's thread.
#pragma once

#include <imgui.h>

#include <algorithm>

#include "ui/theme/ui_context.h"

namespace lookout::ui {

// A field is as wide as asked, or as what is left.
inline void SetWidth(float width) {
  ImGui::SetNextItemWidth(width > 0.0F ? width
                                       : std::max(Px(40), ImGui::GetContentRegionAvail().x));
}

}  // namespace lookout::ui
