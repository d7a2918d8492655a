#include "ui/panels/training/training_plots.h"

#include <doctest/doctest.h>

#include <cmath>
#include <string>
#include <vector>

#include "tests/support/ui_window.h"

namespace lookout::ui {
namespace {

TEST_CASE("a file names every curve for itself, and a single run needs no name") {
  const TestWindow themed;  // colours are of a theme
  TrainingCurves curves;
  for (const char* label : {"PPO", "CPO"}) {
    RunCurves group{.label = label, .steps_per_iteration = 1000};
    for (const RunFigure figure : {RunFigure::kTrueCost, RunFigure::kLearnedCost}) {
      group.by_figure[static_cast<std::size_t>(figure)].mean = {3.0F, 2.0F};
    }
    curves.groups.push_back(group);
    curves.extremes.emplace_back();
    const TrainingPlotCurves plot(curves, {}, TrainingPlot::kCost);
    std::vector<std::string> names;
    for (const PlotTable::Curve& curve : plot.Table().curves) names.push_back(curve.name);
    if (curves.groups.size() == 1) {
      CHECK(names == std::vector<std::string>{"true", "learned"});
    } else {
      CHECK(names == std::vector<std::string>{"PPO", "PPO, learned", "CPO", "CPO, learned"});
    }
  }
}

TEST_CASE("smoothing keeps a constant, leaves gaps, and follows slowly") {
  const std::vector<float> constant(5, 3.0F);
  for (const float value : Smooth(constant, 0.9)) CHECK(value == doctest::Approx(3.0F));
  const std::vector<float> step{0.0F, NAN, 1.0F};
  const std::vector<float> smooth = Smooth(step, 0.5);
  CHECK(smooth[0] == 0.0F);
  CHECK(std::isnan(smooth[1]));
  CHECK(smooth[2] == doctest::Approx(2.0F / 3.0F));
}

}  // namespace
}  // namespace lookout::ui
