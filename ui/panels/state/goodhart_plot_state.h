// A run's Goodhart plot as the training panel keeps it, made anew when the run goes on. Window
// thread only.
#pragma once

#include <string>
#include <vector>

#include "ui/model/goodhart_track.h"
#include "ui/widgets/plots/scatter_plot.h"

namespace lookout::ui {

struct GoodhartPlotState {
  GoodhartTrack track;
  std::vector<ScatterPoint> points;
  std::string text;  // where the costs part, in words; empty: they do not
};

}  // namespace lookout::ui
