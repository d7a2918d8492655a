// A gamepad, as the window is told of it: its buttons are keys, its left stick drives. Main thread.
#pragma once

#include <array>

#include "ui/panels/state/inputs/window_inputs.h"
#include "ui/panels/state/keys/chord.h"

struct GLFWgamepadstate;
struct GLFWwindow;

namespace lookout::app {

struct Gamepad {
  std::array<bool, ui::kPadButtonCount> buttons{};  // from Key::kPadA on
  ui::Stick stick;
};

Gamepad GamepadOf(const GLFWgamepadstate& state);

// The first one that GLFW knows the buttons of; nothing is held where there is none, or where
// another window has the keyboard: GLFW tells of gamepads all the same.
Gamepad ReadGamepad(GLFWwindow* window);

}  // namespace lookout::app
