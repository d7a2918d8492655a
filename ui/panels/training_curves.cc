// Takes a run's reports over into curves, once per iteration, and plots them.
#include "ui/panels/training_curves.h"

#include <array>

#include "ui/widgets/line_plot.h"

namespace lookout::ui {
namespace {

void Append(TrainingCurves::Curve& curve, double value) {
  curve.values.push_back(static_cast<float>(value));
}

PlotSeries SeriesOf(const char* name, const TrainingCurves::Curve& curve, ImU32 colour) {
  return {.name = name, .values = curve.values, .extremes = &curve.extremes, .colour = colour};
}

}  // namespace

void SyncCurves(const TrainingSnapshot& training, TrainingCurves& curves) {
  const std::size_t reports = training.history ? training.history->size() : 0;
  if (curves.run != training.run || reports < curves.reports) {
    curves = {};
    curves.run = training.run;
  }
  if (reports == curves.reports) return;
  for (std::size_t i = curves.reports; i < reports; ++i) {
    const agents::IterationReport& report = (*training.history)[i];
    Append(curves.mean_return, report.mean_return);
    Append(curves.true_cost, report.mean_true_cost);
    Append(curves.learned_cost, report.mean_learned_cost);
    Append(curves.multiplier, report.multiplier);
    Append(curves.kl, report.kl);
  }
  curves.reports = reports;
  for (TrainingCurves::Curve* curve : {&curves.mean_return, &curves.true_cost, &curves.learned_cost,
                                       &curves.multiplier, &curves.kl}) {
    curve->extremes.Sync(curve->values);
  }
}

void DrawCurves(const TrainingSnapshot& training, const TrainingCurves& curves) {
  const Theme& theme = CurrentTheme();
  const double per_report = training.settings.steps_per_iteration;
  const std::array mean_return{SeriesOf("return", curves.mean_return, theme.reward)};
  LinePlot({.id = "plot/return",
            .title = "Return",
            .series = mean_return,
            .first_x = per_report,
            .x_per_value = per_report,
            .height_px = Px(118)});
  const std::array costs{SeriesOf("true", curves.true_cost, theme.true_cost),
                         SeriesOf("learned", curves.learned_cost, theme.predicted_cost)};
  LinePlot({.id = "plot/cost",
            .title = "Cost per episode",
            .series = costs,
            .limit = PlotLimit{"limit", training.settings.cost_limit},
            .first_x = per_report,
            .x_per_value = per_report,
            .from_zero = true,
            .height_px = Px(136)});
  const std::array multiplier{SeriesOf("\xCE\xBB", curves.multiplier, theme.accent)};
  LinePlot({.id = "plot/multiplier",
            .title = "Multiplier \xCE\xBB",
            .series = multiplier,
            .first_x = per_report,
            .x_per_value = per_report,
            .from_zero = true,
            .height_px = Px(92)});
  const std::array kl{SeriesOf("KL", curves.kl, theme.unsure_mark)};
  LinePlot({.id = "plot/kl",
            .title = "KL of the update",
            .series = kl,
            .limit = PlotLimit{"target", training.settings.target_kl},
            .first_x = per_report,
            .x_per_value = per_report,
            .from_zero = true,
            .height_px = Px(92)});
}

}  // namespace lookout::ui
