#include "ui/panels/state/window_state.h"

#include <imgui_internal.h>

#include <utility>

namespace lookout::ui {

void ToggleLeftPanel(WindowState& window) {
  if (std::exchange(window.presenting, false)) return;
  ToggleLeft(window.settings.layout, window.small_side, window.room);
}

void ToggleRightPanel(WindowState& window) {
  if (std::exchange(window.presenting, false)) return;
  ToggleRight(window.settings.layout, window.small_side, window.room);
}

void ShowRightPanel(WindowState& window) {
  window.presenting = false;
  const bool shown = window.room == WindowRoom::kOnRequest
                         ? window.small_side == SmallWindowSide::kRight
                         : window.settings.layout.right_shown;
  if (!shown) ToggleRightPanel(window);
}

bool IsModal(const WindowState& window) {
  return window.quit_asked || window.plot.shown || window.versions.shown || window.transfer.shown ||
         window.messages_shown || window.help_shown || window.keys.shown ||
         window.environments.shown || window.about_shown || window.drill || window.drill_asked;
}

bool CloseTopmost(WindowState& window) {
  if (const int popups = ImGui::GetCurrentContext()->OpenPopupStack.Size; popups > 0) {
    ImGui::ClosePopupToLevel(popups - 1, true);
    return true;
  }
  if (std::exchange(window.quit_asked, false)) return true;
  if (std::exchange(window.about_shown, false)) return true;
  if (std::exchange(window.plot.shown, false)) return true;
  if (std::exchange(window.versions.shown, false)) return true;
  if (std::exchange(window.transfer.shown, false)) return true;
  if (std::exchange(window.messages_shown, false)) return true;
  if (std::exchange(window.help_shown, false)) return true;
  if (window.drill) {
    window.drill.reset();
    return true;
  }
  if (window.keys.shown) {
    window.keys = {};
    return true;
  }
  if (std::exchange(window.environments.shown, false)) return true;
  if (std::exchange(window.correction.shown, false)) return true;
  if (std::exchange(window.region_shown, false)) return true;
  if (!std::exchange(window.welcome_shown, false)) return false;
  window.settings.welcome_dismissed = true;
  return true;
}

}  // namespace lookout::ui
