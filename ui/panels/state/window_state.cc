#include "ui/panels/state/window_state.h"

#include <utility>

namespace lookout::ui {

bool CloseTopmost(WindowState& window) {
  if (window.keys.shown) {
    window.keys = {};
    return true;
  }
  if (std::exchange(window.environments.shown, false)) return true;
  if (std::exchange(window.about_shown, false)) return true;
  if (!std::exchange(window.welcome_shown, false)) return false;
  window.settings.welcome_dismissed = true;
  return true;
}

}  // namespace lookout::ui
