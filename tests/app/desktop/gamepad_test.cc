// What a gamepad's state means to the window. There is none here: the states are made up.
#include "app/desktop/gamepad.h"

#ifndef GLFW_INCLUDE_NONE
#define GLFW_INCLUDE_NONE  // glad brings the header of OpenGL
#endif
#include <GLFW/glfw3.h>
#include <doctest/doctest.h>

#include <algorithm>
#include <functional>

namespace lookout::app {
namespace {

TEST_CASE("a stick drives forwards and to the left, and does nothing at rest") {
  GLFWgamepadstate state{};
  state.axes[GLFW_GAMEPAD_AXIS_LEFT_X] = 0.1F;  // at rest, as sticks are
  CHECK(GamepadOf(state).stick.turn == 0.0);
  state.axes[GLFW_GAMEPAD_AXIS_LEFT_X] = 0.0F;
  state.axes[GLFW_GAMEPAD_AXIS_LEFT_Y] = -1.0F;
  CHECK(GamepadOf(state).stick.forward == 1.0);
  state.axes[GLFW_GAMEPAD_AXIS_LEFT_Y] = 0.0F;
  state.axes[GLFW_GAMEPAD_AXIS_LEFT_X] = 0.55F;
  CHECK(GamepadOf(state).stick.turn == doctest::Approx(-0.5));
  CHECK(GamepadOf(state).stick.forward == 0.0);
}

TEST_CASE("the buttons of a gamepad are keys in GLFW's order") {
  GLFWgamepadstate state{};
  CHECK_FALSE(std::ranges::any_of(GamepadOf(state).buttons, std::identity()));
  state.buttons[GLFW_GAMEPAD_BUTTON_RIGHT_BUMPER] = GLFW_PRESS;
  const auto place =
      static_cast<std::size_t>(ui::Key::kPadRightBumper) - static_cast<std::size_t>(ui::Key::kPadA);
  CHECK(GamepadOf(state).buttons[place]);
  CHECK(std::ranges::count(GamepadOf(state).buttons, true) == 1);
}

}  // namespace
}  // namespace lookout::app
