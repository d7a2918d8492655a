#include "app/runs/formats/svg_matrix.h"

#include <doctest/doctest.h>

#include <string>

#include "tests/support/contains.h"

namespace lookout::app {
namespace {

TEST_CASE("a matrix has a coloured cell with its number and its words for each row and column") {
  const SvgMatrix matrix{
      .title = "AUC",
      .cells = {{{.text = "1.00", .colour = SvgColour{0, 0x72, 0xB2}, .title = "A in A"},
                 {.text = "-", .colour = {}, .title = "A in B: x < y"}}}};
  const std::string svg = SvgMatrixFigure({.title = "Transfer",
                                           .caption = "Rows: learned in.",
                                           .rows = {"A"},
                                           .columns = {"A", "B"},
                                           .matrices = {{matrix, matrix}}});
  CHECK(svg.starts_with("<svg"));
  CHECK(svg.ends_with("</svg>\n"));
  CHECK(Contains(svg, "<title>A in A</title>"));
  CHECK(Contains(svg, "A in B: x &lt; y"));
  CHECK(Contains(svg, "fill=\"#0072b2\""));
  CHECK(Contains(svg, "class=\"none\""));
  CHECK(Contains(svg, "prefers-color-scheme:dark"));
  CHECK(Contains(svg, "Rows: learned in."));
}

}  // namespace
}  // namespace lookout::app
