#include "app/runs/formats/svg_plot.h"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>

namespace lookout::app {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

TEST_CASE("ticks are round and stay inside") {
  CHECK(RoundTicks(0.0, 2.0, 5) == std::vector<double>{0.0, 0.5, 1.0, 1.5, 2.0});
  CHECK(RoundTicks(-12.3, 26.1, 5) == std::vector<double>{-10.0, 0.0, 10.0, 20.0});
  CHECK(RoundTicks(3.0, 190.0, 5) == std::vector<double>{50.0, 100.0, 150.0});
}

TEST_CASE("a figure names its lines, panels and limit, and a gap lifts the pen") {
  const SvgPanel panel{
      .title = "Cost <b>",
      .x_label = "steps",
      .y_label = "cost",
      .references = {{"limit 25", 25.0}},
      .lines = {{.label = "PPO & co", .x = {1, 2, 3, 4}, .y = {30.0, kNan, 20.0, 10.0}}}};
  const std::string svg = SvgFigure("Title", {{panel}});
  CHECK(svg.starts_with("<svg "));
  CHECK(svg.ends_with("</svg>\n"));
  CHECK(svg.find("Cost &lt;b&gt;") != std::string::npos);
  CHECK(svg.find("PPO &amp; co") != std::string::npos);
  CHECK(svg.find("limit 25") != std::string::npos);
  CHECK(svg.find("nan") == std::string::npos);
  const std::size_t path = svg.find(" d=\"M");
  REQUIRE(path != std::string::npos);
  CHECK(svg.find('M', path + 5) < svg.find('"', path + 5));  // a second stroke after the gap
}

int Count(const std::string& text, const std::string& part) {
  int count = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) {
    ++count;
  }
  return count;
}

TEST_CASE("a band is filled between its edges, and a gap divides it") {
  const SvgLine line{.label = "PPO",
                     .x = {0, 1, 2, 3, 4},
                     .y = {1, 1, 1, 1, 1},
                     .low = {0, 0, kNan, 0, 0},
                     .high = {2, 2, 2, 2, 2}};
  const std::string svg = SvgFigure("Bands", {{SvgPanel{.lines = {line}}}});
  const std::size_t band = svg.find("fill-opacity");
  REQUIRE(band != std::string::npos);
  const std::string path = svg.substr(band, svg.find("/>", band) - band);
  CHECK(Count(path, "M") == 2);
  CHECK(Count(path, "Z") == 2);
  CHECK(Count(path, "L") == 6);  // four corners each
  CHECK(svg.find("nan") == std::string::npos);
}

TEST_CASE("the same label has the same colour in every panel, and one entry in the legend") {
  const SvgLine a{.label = "A", .x = {0, 1}, .y = {0, 1}};
  const SvgLine b{.label = "B", .x = {0, 1}, .y = {1, 0}};
  const std::string svg =
      SvgFigure("Rows", {{SvgPanel{.lines = {a, b}}}, {SvgPanel{.lines = {b}}}});
  CHECK(Count(svg, ">A</text>") == 1);
  CHECK(Count(svg, ">B</text>") == 1);
  CHECK(Count(svg, "stroke=\"#0072b2\"") == 2);  // legend and one line
  CHECK(Count(svg, "stroke=\"#d55e00\"") == 3);  // legend and two lines
}

TEST_CASE("a path that ends in a dot has it at its last point, in its colour") {
  const SvgLine path{.label = "A", .x = {0, 2, 1}, .y = {0, 1, 1}, .ends_in_dot = true};
  const SvgLine line{.label = "B", .x = {0, 2}, .y = {0, 1}};
  const std::string svg = SvgFigure("Paths", {{SvgPanel{.lines = {path, line}}}});
  CHECK(Count(svg, "<circle") == 1);
  const std::string ends_at = svg.substr(svg.find("<circle") + 8, 9);
  CHECK(ends_at == "cx=\"264.0");  // the middle of a panel
  CHECK(Count(svg, "fill=\"#0072b2\"") == 1);
}

TEST_CASE("lines without a single value still make a figure") {
  const std::string svg = SvgFigure("Empty", {{SvgPanel{.lines = {{.label = "a"}}}}});
  CHECK(svg.find("nan") == std::string::npos);
  CHECK(svg.find("inf") == std::string::npos);
}

}  // namespace
}  // namespace lookout::app
