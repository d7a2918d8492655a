#include "ui/widgets/front.h"

#include <imgui_internal.h>

namespace lookout::ui {

void BringRegionToFront() { ImGui::BringWindowToDisplayFront(ImGui::GetCurrentWindow()); }

}  // namespace lookout::ui
