#include "ui/viewport/scene/view_mouse.h"

#include <mujoco/mjvisualize.h>

namespace lookout::ui {

DragMeaning MeaningOfDrag(const MouseInput& input, bool has_selection) {
  if (!input.any_button()) return {};
  DragMeaning meaning{MouseTarget::kCamera, mjMOUSE_ZOOM, 0};
  if (input.right) meaning.action = input.shift ? mjMOUSE_MOVE_H : mjMOUSE_MOVE_V;
  if (input.left && !input.right) {
    meaning.action = input.shift ? mjMOUSE_ROTATE_H : mjMOUSE_ROTATE_V;
  }
  if (input.ctrl && has_selection && (input.left || input.right)) {
    meaning.target = MouseTarget::kSelection;
    meaning.perturb_bits = input.right ? mjPERT_TRANSLATE : mjPERT_ROTATE;
  }
  return meaning;
}

}  // namespace lookout::ui
