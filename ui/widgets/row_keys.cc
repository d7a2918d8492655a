#include "ui/widgets/row_keys.h"

#include <imgui_internal.h>

#include <cstdint>

namespace lookout::ui {
namespace {

// What a list's window remembers.
constexpr ImGuiID kFrame = 0x10C0A001;       // in which the newest row was drawn
constexpr ImGuiID kNewest = 0x10C0A002;      // that row
constexpr ImGuiID kTakeAfter = 0x10C0A003;   // the row after this one gets the focus
constexpr ImGuiID kTakeBefore = 0x10C0A004;  // and the one before this

void Focus(ImGuiID row, ImGuiWindow* window) {
  ImGui::SetFocusID(row, window);
  ImGui::GetCurrentContext()->NavDisableHighlight = false;
}

ImGuiID Recall(const ImGuiStorage& memory, ImGuiID key) {
  return static_cast<ImGuiID>(memory.GetInt(key));
}

bool KeysAreFree() {
  const ImGuiContext& context = *ImGui::GetCurrentContext();
  return !context.IO.WantTextInput && context.OpenPopupStack.Size == 0;
}

bool Pressed(ImGuiKey key) { return ImGui::IsKeyPressed(ImGui::GetKeyIndex(key)); }

}  // namespace

bool EnterInMenu() {
  const ImGuiContext& context = *ImGui::GetCurrentContext();
  const bool in_menu = (context.CurrentWindow->RootWindow->Flags & ImGuiWindowFlags_Popup) != 0;
  return in_menu && !context.NavDisableHighlight && ImGui::IsItemFocused() &&
         Pressed(ImGuiKey_Enter);
}

bool FollowRowKeys(float height) {
  ImGuiContext& context = *ImGui::GetCurrentContext();
  ImGuiWindow* window = context.CurrentWindow;
  ImGuiStorage& memory = window->StateStorage;
  const ImGuiID row = context.LastItemData.ID;
  const bool follows = memory.GetInt(kFrame) == context.FrameCount;
  const ImGuiID before = follows ? Recall(memory, kNewest) : 0;
  memory.SetInt(kFrame, context.FrameCount);
  memory.SetInt(kNewest, static_cast<int>(row));

  if (before != 0 && before == Recall(memory, kTakeAfter)) {
    memory.SetInt(kTakeAfter, 0);
    Focus(row, window);
    ImGui::ScrollToItem();
    return false;
  }
  if (before != 0 && row == Recall(memory, kTakeBefore)) {
    memory.SetInt(kTakeBefore, 0);
    Focus(before, window);
    return false;
  }
  if (EnterInMenu()) return true;
  if (context.NavWindow != window || context.NavId != row || !KeysAreFree()) return false;
  if (Pressed(ImGuiKey_DownArrow)) {
    memory.SetInt(kTakeAfter, static_cast<int>(row));
    const bool last_in_sight = context.LastItemData.Rect.Max.y + height > window->ClipRect.Max.y;
    if (last_in_sight) ImGui::SetScrollY(window, window->Scroll.y + height);
  } else if (Pressed(ImGuiKey_UpArrow)) {
    memory.SetInt(kTakeBefore, static_cast<int>(row));
    const bool first_in_sight = context.LastItemData.Rect.Min.y - height < window->ClipRect.Min.y;
    if (first_in_sight) ImGui::SetScrollY(window, window->Scroll.y - height);
  }
  return Pressed(ImGuiKey_Enter);
}

}  // namespace lookout::ui
