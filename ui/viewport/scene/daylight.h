// The world's surroundings for a light window: sky, floor and haze with their lightness turned
// round. Any thread that owns the model.
#pragma once

#include <mujoco/mujoco.h>

#include <cstdint>
#include <span>

namespace lookout::ui {

// Dark becomes light and light dark, with the same hue: the lightness of HSL turned round. Twice is
// as before. `rgb`: three bytes for each pixel.
void TurnLightness(std::span<std::uint8_t> rgb);

// Whether the floor is dark; a world without its own floor is not.
bool SurroundingsAreDark(const mjModel& model);

// The same for what surrounds the objects of a world; its GL context has to be made anew then.
void TurnSurroundings(mjModel& model);

}  // namespace lookout::ui
