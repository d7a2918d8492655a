#include "ui/panels/training/training_plots.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <memory>
#include <utility>

namespace lookout::ui {
namespace {

constexpr std::array<TrainingPlotSpec, kTrainingPlotCount> kPlots{{
    {TrainingPlot::kReturn, "plot/return", "Return", Figure::kReturnCurve, 118, false},
    {TrainingPlot::kCost, "plot/cost", "Cost per episode", Figure::kCostCurve, 150, true},
    {TrainingPlot::kViolationSteps, "plot/violation_steps", "Violation steps so far",
     Figure::kViolationSteps, 92, true},
    {TrainingPlot::kBlocked, "plot/blocked", "Blocked steps, in %", Figure::kBlockedSteps, 92,
     true},
    {TrainingPlot::kMultiplier, "plot/multiplier", "Multiplier \xCE\xBB", Figure::kMultiplier, 92,
     true},
    {TrainingPlot::kKl, "plot/kl", "KL of the update", Figure::kKl, 92, true},
    {TrainingPlot::kEntropy, "plot/entropy", "Entropy", Figure::kEntropy, 92, false},
    {TrainingPlot::kLineSearch, "plot/line_search", "Line search: steps tried", Figure::kLineSearch,
     80, true},
}};

RunFigure FigureOf(TrainingPlot plot) {
  constexpr std::array<RunFigure, kTrainingPlotCount> kFigures{
      RunFigure::kReturn,         RunFigure::kTrueCost,       RunFigure::kViolationSteps,
      RunFigure::kBlockedPercent, RunFigure::kMultiplier,     RunFigure::kKl,
      RunFigure::kEntropy,        RunFigure::kLineSearchSteps};
  return kFigures[static_cast<std::size_t>(plot)];
}

// What a single curve is called and coloured by.
std::pair<const char*, ImU32> OwnLook(TrainingPlot plot) {
  const Theme& theme = CurrentTheme();
  const std::array<std::pair<const char*, ImU32>, kTrainingPlotCount> looks{
      {{"return", theme.reward},
       {"true", theme.true_cost},
       {"steps", theme.true_cost},
       {"blocked", theme.warning},
       {"\xCE\xBB", theme.accent},
       {"KL", theme.unsure_mark},
       {"entropy", theme.safe_mark},
       {"steps", theme.limit}}};
  return looks[static_cast<std::size_t>(plot)];
}

bool AnyValue(const BandCurve& curve, float other_than = NAN) {
  return std::ranges::any_of(
      curve.mean, [&](float value) { return std::isfinite(value) && value != other_than; });
}

}  // namespace

const TrainingPlotSpec& SpecOf(TrainingPlot plot) { return kPlots[static_cast<std::size_t>(plot)]; }

bool HasPlot(const TrainingCurves& curves, TrainingPlot plot) {
  const bool often_zero = plot == TrainingPlot::kMultiplier || plot == TrainingPlot::kLineSearch ||
                          plot == TrainingPlot::kViolationSteps || plot == TrainingPlot::kBlocked;
  if (!often_zero) return true;
  return std::ranges::any_of(curves.groups, [&](const RunCurves& group) {
    return AnyValue(group.of(FigureOf(plot)), 0.0F);
  });
}

// Colours that stay apart in every theme, in the order in which groups take them.
ImU32 GroupColour(std::size_t group) {
  const Theme& theme = CurrentTheme();
  const std::size_t place = group % (theme.series.size() + 1);
  return place == 0 ? theme.accent : theme.series[place - 1];
}

std::vector<float> Smooth(std::span<const float> values, double weight) {
  std::vector<float> smooth(values.begin(), values.end());
  double mean = 0.0;
  double rest = 1.0;  // weight to the power of the values so far
  for (float& value : smooth) {
    if (!std::isfinite(value)) continue;
    mean = weight * mean + (1.0 - weight) * value;
    rest *= weight;
    value = static_cast<float>(mean / (1.0 - rest));
  }
  return smooth;
}

TrainingPlotCurves::TrainingPlotCurves(const TrainingCurves& curves,
                                       const agents::TrainingSettings& settings, TrainingPlot plot,
                                       double smoothing)
    : plot_(plot) {
  const bool single = curves.groups.size() == 1;
  const auto [own_name, own_colour] = OwnLook(plot);
  for (std::size_t i = 0; i < curves.groups.size(); ++i) {
    Add(curves, i, FigureOf(plot), single ? own_name : std::string_view(curves.groups[i].label),
        single ? own_colour : GroupColour(i), smoothing);
    const bool learned =
        plot == TrainingPlot::kCost && AnyValue(curves.groups[i].of(RunFigure::kLearnedCost));
    if (!learned) continue;
    Add(curves, i, RunFigure::kLearnedCost, "learned",
        single ? CurrentTheme().predicted_cost : GroupColour(i), smoothing);
    series_.back().reference = !single;
    if (!single) table_names_.back() = curves.groups[i].label + ", learned";
  }
  if (plot == TrainingPlot::kCost) limit_ = PlotLimit{"limit", settings.cost_limit};
  if (plot == TrainingPlot::kKl) limit_ = PlotLimit{"target", settings.target_kl};
}

void TrainingPlotCurves::Add(const TrainingCurves& curves, std::size_t group, RunFigure figure,
                             std::string_view name, ImU32 colour, double smoothing) {
  const RunCurves& runs = curves.groups[group];
  const BandCurve& curve = runs.of(figure);
  PlotSeries series{.name = name,
                    .values = curve.mean,
                    .first_x = runs.steps_per_iteration,
                    .x_per_value = runs.steps_per_iteration,
                    .low = curve.low,
                    .high = curve.high,
                    .extremes = &curves.extremes[group][static_cast<std::size_t>(figure)],
                    .colour = colour};
  if (smoothing > 0.0) {
    auto smoothed = std::make_unique<Smoothed>();
    smoothed->values = Smooth(curve.mean, smoothing);
    smoothed->extremes.Sync(smoothed->values);
    series.values = smoothed->values;
    series.extremes = &smoothed->extremes;
    smoothed_.push_back(std::move(smoothed));
  }
  series_.push_back(series);
  table_names_.emplace_back(name);
}

PlotTable TrainingPlotCurves::Table() const {
  PlotTable table{.title = SpecOf(plot_).title, .x_name = "steps"};
  if (limit_) table.limit = {std::string(limit_->name), limit_->value};
  for (std::size_t which = 0; which < series_.size(); ++which) {
    const PlotSeries& series = series_[which];
    PlotTable::Curve curve{.name = table_names_[which]};
    for (std::size_t i = 0; i < series.values.size(); ++i) {
      curve.x.push_back(series.first_x + static_cast<double>(i) * series.x_per_value);
    }
    curve.y.assign(series.values.begin(), series.values.end());
    curve.low.assign(series.low.begin(), series.low.end());
    curve.high.assign(series.high.begin(), series.high.end());
    table.curves.push_back(std::move(curve));
  }
  return table;
}

}  // namespace lookout::ui
