// Mouse and keyboard while a menu is open: a click beside it closes it and still does what it was
// meant for, the arrows and Enter move in it. Window thread only.
#pragma once

#include <imgui.h>

namespace lookout::ui {

class MenuInput {
 public:
  // Before NewFrame. Esc is left to the keymap, which closes one thing at a time.
  void BeforeFrame();
  // Before anything is drawn in a frame: by itself ImGui spends the click on closing the popup.
  void BeforeItems();
  // After everything: the button that opened a popup closes it when it is pressed again.
  void AfterItems();

 private:
  ImGuiID closed_ = 0;  // by the press that has not been let go yet
  int escape_ = -1;     // the key that ImGui takes for Esc while no menu is open
};

}  // namespace lookout::ui
