#include "ui/panels/state/inputs/window_inputs.h"

#include <algorithm>

namespace lookout::ui {

const OverlaySwitch* FindOverlay(const WindowInputs& inputs, std::string_view id) {
  const auto found = std::find_if(inputs.overlays.begin(), inputs.overlays.end(),
                                  [id](const OverlaySwitch& overlay) { return overlay.id == id; });
  return found == inputs.overlays.end() ? nullptr : &*found;
}

}  // namespace lookout::ui
