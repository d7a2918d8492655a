#include "ui/widgets/menu_input.h"

#include <imgui_internal.h>

namespace lookout::ui {
namespace {

bool IsInPopup(const ImGuiWindow* window) {
  return window != nullptr && (window->RootWindow->Flags & ImGuiWindowFlags_Popup) != 0;
}

}  // namespace

void MenuInput::BeforeFrame() {
  const bool open = ImGui::GetCurrentContext()->OpenPopupStack.Size > 0;
  ImGuiIO& io = ImGui::GetIO();
  if (open) {
    io.ConfigFlags |= ImGuiConfigFlags_NavEnableKeyboard;
  } else {
    io.ConfigFlags &= ~ImGuiConfigFlags_NavEnableKeyboard;
  }
#if IMGUI_VERSION_NUM < 18700
  int& escape = io.KeyMap[ImGuiKey_Escape];
  if (escape >= 0) escape_ = escape;
  escape = open && !io.WantTextInput ? -1 : escape_;
#endif
}

void MenuInput::BeforeItems() {
  const ImGuiContext& context = *ImGui::GetCurrentContext();
  const bool clicked =
      ImGui::IsMouseClicked(ImGuiMouseButton_Left) || ImGui::IsMouseClicked(ImGuiMouseButton_Right);
  ImGuiWindow* hovered = context.HoveredWindow;
  if (!clicked || context.OpenPopupStack.Size == 0 || hovered == nullptr) return;
  if (IsInPopup(hovered)) return;
  closed_ = context.OpenPopupStack[0].PopupId;
  ImGui::ClosePopupToLevel(0, false);
  ImGui::FocusWindow(hovered->RootWindow);
}

void MenuInput::AfterItems() {
  if (closed_ == 0) return;
  const ImGuiContext& context = *ImGui::GetCurrentContext();
  if (context.OpenPopupStack.Size > 0 && context.OpenPopupStack[0].PopupId == closed_) {
    ImGui::ClosePopupToLevel(0, false);
  }
  if (!ImGui::IsMouseDown(ImGuiMouseButton_Left)) closed_ = 0;
}

}  // namespace lookout::ui
