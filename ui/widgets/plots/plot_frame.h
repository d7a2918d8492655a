// Where the values of a plot land on the screen, and its axes. Window thread only.
#pragma once

#include <algorithm>
#include <string_view>

#include "ui/widgets/plots/line_plot.h"
#include "ui/widgets/scopes.h"
#include "ui/widgets/text.h"

namespace lookout::ui {

struct PlotFrame {
  Rect area;
  double low = 0.0, high = 1.0;  // of the vertical axis
  double first_x = 0.0, last_x = 1.0;
  bool empty = true;

  float Y(double value) const {
    const double share = (value - low) / (high - low);
    return area.max.y - static_cast<float>(std::clamp(share, -1.0, 2.0)) * area.height();
  }
  float ScreenX(double x) const {
    return area.min.x + static_cast<float>((x - first_x) / (last_x - first_x)) * area.width();
  }
  float ScreenX(const PlotSeries& series, double index) const {
    return ScreenX(series.first_x + index * series.x_per_value);
  }
  double X(float screen_x) const {
    const float share =
        std::clamp((screen_x - area.min.x) / std::max(1.0F, area.width()), 0.0F, 1.0F);
    return first_x + share * (last_x - first_x);
  }
};

// Of all curves, the limit included.
PlotFrame FrameOf(const LinePlotSpec& spec, const Rect& area);

// A round number on an axis whose ticks are `step` apart: neighbours never read alike.
Short TickText(double value, double step);

// Lines across with their values at the left.
void DrawGrid(ImDrawList& list, const PlotFrame& frame);
// Values below the area, the first with the name of what they count.
void DrawHorizontalAxis(ImDrawList& list, const PlotFrame& frame, std::string_view name);
// Of it, in pixels.
float HorizontalAxisHeight();

}  // namespace lookout::ui
