// Matrices of figures as self-contained SVG: a coloured cell for each row and column, with its
// number in it, readable on light and on dark pages. Value types; any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace lookout::app {

struct SvgColour {
  std::uint8_t red = 0;
  std::uint8_t green = 0;
  std::uint8_t blue = 0;
};

struct SvgCell {
  std::string text;                 // in the cell
  std::optional<SvgColour> colour;  // nothing: that of no figure
  std::string title;                // what a pointer over it is told
};

struct SvgMatrix {
  std::string title;
  std::vector<std::vector<SvgCell>> cells;  // [rows][columns]
};

struct SvgMatrices {
  std::string title;
  std::string caption;                           // what rows and columns are
  std::vector<std::string> rows;                 // names, of every matrix
  std::vector<std::string> columns;              // likewise
  std::vector<std::vector<SvgMatrix>> matrices;  // side by side in bands below one another
};

std::string SvgMatrixFigure(const SvgMatrices& figure);

}  // namespace lookout::app
