#include "ui/widgets/splitter.h"

#include "ui/widgets/controls.h"

namespace lookout::ui {

SplitterMove Splitter(const char* id, const Rect& handle, SplitAxis axis) {
  SplitterMove move;
  if (handle.empty()) return move;
  ImGui::SetCursorScreenPos(handle.min);
  ImGui::InvisibleButton(id, handle.size());
  NoteItem(id);
  const bool sideways = axis == SplitAxis::kHorizontal;
  const bool active = ImGui::IsItemActive();
  const bool hovered = ImGui::IsItemHovered();
  if (active || hovered) {
    ImGui::SetMouseCursor(sideways ? ImGuiMouseCursor_ResizeEW : ImGuiMouseCursor_ResizeNS);
    const float middle =
        sideways ? (handle.min.x + handle.max.x) * 0.5F : (handle.min.y + handle.max.y) * 0.5F;
    const ImVec2 from = sideways ? ImVec2(middle, handle.min.y) : ImVec2(handle.min.x, middle);
    const ImVec2 to = sideways ? ImVec2(middle, handle.max.y) : ImVec2(handle.max.x, middle);
    ImGui::GetWindowDrawList()->AddLine(from, to, CurrentTheme().accent, Px(2));
  }
  if (active) move.delta_px = sideways ? ImGui::GetIO().MouseDelta.x : ImGui::GetIO().MouseDelta.y;
  move.reset = hovered && ImGui::IsMouseDoubleClicked(ImGuiMouseButton_Left);
  return move;
}

}  // namespace lookout::ui
