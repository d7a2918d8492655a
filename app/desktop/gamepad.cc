#include "app/desktop/gamepad.h"

#ifndef GLFW_INCLUDE_NONE
#define GLFW_INCLUDE_NONE  // glad brings the header of OpenGL
#endif
#include <GLFW/glfw3.h>

#include <algorithm>
#include <cmath>

namespace lookout::app {
namespace {

// A stick at rest is hardly ever at 0, and seldom reaches 1 aslant.
constexpr double kAtRest = 0.15;
constexpr double kFull = 0.95;

static_assert(ui::kPadButtonCount == GLFW_GAMEPAD_BUTTON_LAST + 1);

}  // namespace

Gamepad GamepadOf(const GLFWgamepadstate& state) {
  Gamepad pad;
  for (std::size_t i = 0; i < pad.buttons.size(); ++i) {
    pad.buttons[i] = state.buttons[i] == GLFW_PRESS;
  }
  // Axes point to the right and down.
  const double right = state.axes[GLFW_GAMEPAD_AXIS_LEFT_X];
  const double down = state.axes[GLFW_GAMEPAD_AXIS_LEFT_Y];
  const double length = std::hypot(right, down);
  if (!(length > kAtRest)) return pad;
  const double scale = std::min(1.0, (length - kAtRest) / (kFull - kAtRest)) / length;
  pad.stick = {.forward = -scale * down, .turn = -scale * right};
  return pad;
}

Gamepad ReadGamepad(GLFWwindow* window) {
  if (glfwGetWindowAttrib(window, GLFW_FOCUSED) == GLFW_FALSE) return {};
  for (int joystick = GLFW_JOYSTICK_1; joystick <= GLFW_JOYSTICK_LAST; ++joystick) {
    GLFWgamepadstate state;
    if (glfwGetGamepadState(joystick, &state) == GLFW_TRUE) return GamepadOf(state);
  }
  return {};
}

}  // namespace lookout::app
