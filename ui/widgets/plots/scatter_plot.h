// Two figures of the same things over a third, as points joined in their order, of which some can
// be clicked. Window thread only.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "ui/widgets/explanations.h"
#include "ui/widgets/scopes.h"

namespace lookout::ui {

struct ScatterPoint {
  double x = 0.0, first = 0.0, second = 0.0;
  int number = 0;          // what the read-out calls it by
  bool clickable = false;  // has a ring
};

struct ScatterPlotSpec {
  const char* id = "";
  std::string_view title;
  std::span<const ScatterPoint> points;
  std::string_view x_name, number_name;  // "distance", "iteration"
  std::string_view first_name, second_name;
  ImU32 first_colour = 0, second_colour = 0;
  std::optional<double> flagged_x = {};  // a dashed line, with its name
  std::string_view flagged_name = {};
  std::string_view click_hint = {};  // of clickable points
  float height_px = 0.0F;
  std::optional<Figure> explained_by = {};
};

// Takes the whole width of the region. The index of the clickable point that was clicked, or -1.
// O(points); of more than a thousand, every so-many-th is drawn.
int ScatterPlot(const ScatterPlotSpec& spec);

}  // namespace lookout::ui
