// Where the names of the three axes stand beside their lines, so that none covers another from
// wherever one looks. Pure arithmetic; any thread.
#pragma once

#include <imgui.h>

#include <array>

namespace lookout::ui {

// directions: the axes as seen, right and up, each at most of length 1 (shorter, where it points
// towards the eye or away). Lines have `length_px`, names `size_px`. Returns the middle of each
// name from the axes' origin, right and down as on the screen.
std::array<ImVec2, 3> AxisLabelPlaces(const std::array<ImVec2, 3>& directions, float length_px,
                                      ImVec2 size_px);

}  // namespace lookout::ui
