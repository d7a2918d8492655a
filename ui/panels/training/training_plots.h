// The plots of training as values: which curves, in which colours, with which line, smoothed or
// not. The small plots, the large one and the files are all made from them. Window thread only.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "ui/commands.h"
#include "ui/panels/state/window_state.h"
#include "ui/widgets/explanations.h"
#include "ui/widgets/plots/line_plot.h"

namespace lookout::ui {

struct TrainingPlotSpec {
  TrainingPlot plot;
  const char* id;
  const char* title;
  Figure figure;    // that explains it
  float height_px;  // of the small one, at 100 %
  bool from_zero;
};
const TrainingPlotSpec& SpecOf(TrainingPlot plot);

// Whether any of the runs has such a figure.
bool HasPlot(const TrainingCurves& curves, TrainingPlot plot);

// The colour of a group of runs, where there are several.
ImU32 GroupColour(std::size_t group);

class TrainingPlotCurves {
 public:
  // `curves` has to outlive it. `smoothing` in [0, 1): the weight of what was before; 0: as it is.
  TrainingPlotCurves(const TrainingCurves& curves, const agents::TrainingSettings& settings,
                     TrainingPlot plot, double smoothing = 0.0);

  std::span<const PlotSeries> series() const { return series_; }
  const std::optional<PlotLimit>& limit() const { return limit_; }
  // What is drawn, to be written into a file.
  PlotTable Table() const;

 private:
  struct Smoothed {
    std::vector<float> values;
    DecimatedSeries extremes;
  };
  void Add(const TrainingCurves& curves, std::size_t group, RunFigure figure, std::string_view name,
           ImU32 colour, double smoothing);

  TrainingPlot plot_;
  std::vector<PlotSeries> series_;
  std::vector<std::string> table_names_;  // of them, each for itself, as a file has no colours
  std::vector<std::unique_ptr<Smoothed>> smoothed_;  // what series_ points into
  std::optional<PlotLimit> limit_;
};

// Exponential smoothing with that weight of what was before, without the bias towards 0 at the
// start (Kingma and Ba 2015, section 3). A gap stays a gap.
std::vector<float> Smooth(std::span<const float> values, double weight);

}  // namespace lookout::ui
