// A plot whose axes both go from 0 to 1, with the diagonal. Window thread only.
#pragma once

#include <string_view>

#include "ui/widgets/scopes.h"

namespace lookout::ui {

// Where such a plot draws, in pixels.
struct UnitSquare {
  Rect area;
  // x and y in [0, 1], from the bottom left corner; what is outside is drawn at the edge.
  ImVec2 At(double x, double y) const;
};

// Takes an item of the region's whole width and that height, of which `below_px` stay free below
// the area, draws axes and diagonal, and the name of the horizontal axis at the very bottom.
UnitSquare BeginUnitSquare(const char* id, float height_px, float below_px, std::string_view axis);

}  // namespace lookout::ui
