// The mouse in the 3-D view, mapped as MuJoCo's simulate maps it. Pure; any thread.
#pragma once

#include <cstdint>

namespace lookout::ui {

// The mouse during one frame, as far as it concerns the view.
struct MouseInput {
  bool left = false;  // held down, begun in the view
  bool right = false;
  bool middle = false;
  bool ctrl = false;
  bool shift = false;
  bool double_left = false;
  bool double_right = false;
  double x = 0.0;  // position in fractions of the view, from its top left corner
  double y = 0.0;
  double dx = 0.0;  // motion since the last frame in heights of the view; y downwards
  double dy = 0.0;
  double wheel = 0.0;  // notches, away from the person is positive: zooms out, as simulate does
  bool any_button() const { return left || right || middle; }
};

enum class MouseTarget : std::uint8_t { kNothing, kCamera, kSelection };

// What a drag does: an mjtMouse action on the camera or on the selected body.
struct DragMeaning {
  MouseTarget target = MouseTarget::kNothing;
  int action = 0;        // mjtMouse
  int perturb_bits = 0;  // mjtPertBit, of a drag on the selection
};

// Left rotates, right moves in the vertical plane (with Shift in the horizontal one), middle zooms;
// with Ctrl and a selection the same moves the body instead of the camera.
DragMeaning MeaningOfDrag(const MouseInput& input, bool has_selection);

}  // namespace lookout::ui
