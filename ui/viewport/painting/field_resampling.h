// Smooths a coarse grid of values for display, through the values themselves. Any thread.
#pragma once

#include <span>
#include <vector>

namespace lookout::ui {

// Catmull-Rom interpolation of values [rows * columns] (row-major) at `factor` points per cell
// and direction: out [rows * factor x columns * factor], where cell (c, r) covers the points
// factor * c .. factor * c + factor - 1. Stays within the smallest and largest value. NaN counts
// as 0.
void ResampleField(std::span<const float> values, int columns, int rows, int factor,
                   std::vector<float>& out);

}  // namespace lookout::ui
