#include "ui/viewport/view_mouse_input.h"

#include <algorithm>
#include <cmath>

namespace lookout::ui {

SizePx PixelsOf(ImVec2 size) {
  const ImVec2 scale = ImGui::GetIO().DisplayFramebufferScale;
  return {static_cast<int>(std::lround(size.x * scale.x)),
          static_cast<int>(std::lround(size.y * scale.y))};
}

MouseInput MouseOver(const ViewRect& rect) {
  const ImGuiIO& io = ImGui::GetIO();
  const bool held = ImGui::IsItemActive();
  const bool hovered = ImGui::IsItemHovered();
  MouseInput input;
  input.left = held && io.MouseDown[ImGuiMouseButton_Left];
  input.right = held && io.MouseDown[ImGuiMouseButton_Right];
  input.middle = held && io.MouseDown[ImGuiMouseButton_Middle];
  input.ctrl = io.KeyCtrl;
  input.shift = io.KeyShift;
  input.double_left = hovered && ImGui::IsMouseDoubleClicked(ImGuiMouseButton_Left);
  input.double_right = hovered && ImGui::IsMouseDoubleClicked(ImGuiMouseButton_Right);
  input.x = std::clamp((io.MousePos.x - rect.min.x) / rect.width(), 0.0F, 1.0F);
  input.y = std::clamp((io.MousePos.y - rect.min.y) / rect.height(), 0.0F, 1.0F);
  if (held) {
    input.dx = io.MouseDelta.x / rect.height();
    input.dy = io.MouseDelta.y / rect.height();
  }
  if (hovered) input.wheel = io.MouseWheel;
  return input;
}

}  // namespace lookout::ui
