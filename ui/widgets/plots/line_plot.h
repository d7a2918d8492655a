// Curves over a common horizontal axis, with a band, a limit line and a read-out under the mouse.
// Window thread only.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "ui/widgets/explanations.h"
#include "ui/widgets/plots/decimated_series.h"
#include "ui/widgets/scopes.h"

namespace lookout::ui {

struct PlotSeries {
  std::string_view name;
  std::span<const float> values;  // NaN leaves a gap
  double first_x = 0.0;           // of values[0]
  double x_per_value = 1.0;
  std::span<const float> low, high;           // of a band around it, as long as values, or empty
  const DecimatedSeries* extremes = nullptr;  // synchronised with values
  ImU32 colour = 0;
  bool reference = false;  // thinner and dashed, beside another one of that colour
};

struct PlotLimit {
  std::string_view name;
  double value = 0.0;
};

struct LinePlotSpec {
  const char* id = "";
  std::string_view title;
  std::span<const PlotSeries> series;
  std::optional<PlotLimit> limit;
  std::string_view x_name = "steps";
  bool from_zero = false;                   // the vertical axis includes 0
  float height_px = 0.0F;                   // 0: 120 at 100 %; large ones have both axes
  std::optional<Figure> explained_by = {};  // in a tooltip of the title
};

// Takes the whole width of the region. True when clicked. Costs O(pixels x log n).
bool LinePlot(const LinePlotSpec& spec);

}  // namespace lookout::ui
