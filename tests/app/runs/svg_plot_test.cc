#include "app/runs/svg_plot.h"

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

TEST_CASE("the moving average is centred, shrinks at the ends and steps over gaps") {
  CHECK(MovingAverage({1, 2, 6, 3}, 1) == std::vector<double>{1.5, 3.0, 11.0 / 3.0, 4.5});
  const std::vector<double> gap = MovingAverage({1, kNan, 3}, 1);
  CHECK(gap == std::vector<double>{1.0, 2.0, 3.0});
  CHECK(std::isnan(MovingAverage({kNan}, 2)[0]));
}

TEST_CASE("a figure names its lines, panels and limit, and a gap lifts the pen") {
  const SvgPanel panel{.title = "Cost <b>",
                       .x_label = "steps",
                       .y_label = "cost",
                       .references = {{"limit 25", 25.0}},
                       .lines = {{"PPO & co", {1, 2, 3, 4}, {30.0, kNan, 20.0, 10.0}}}};
  const std::string svg = SvgFigure("Title", {panel});
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

TEST_CASE("lines without a single value still make a figure") {
  const std::string svg = SvgFigure("Empty", {SvgPanel{.lines = {{"a", {}, {}}}}});
  CHECK(svg.find("nan") == std::string::npos);
  CHECK(svg.find("inf") == std::string::npos);
}

}  // namespace
}  // namespace lookout::app
