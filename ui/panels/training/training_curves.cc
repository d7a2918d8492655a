#include "ui/panels/training/training_curves.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "ui/panels/training/cpo_cases.h"
#include "ui/widgets/line_plot.h"
#include "ui/widgets/text.h"

namespace lookout::ui {
namespace {

// Colours that stay apart in every theme, in the order in which groups take them.
ImU32 GroupColour(std::size_t group) {
  const Theme& theme = CurrentTheme();
  const std::array colours{theme.accent,       theme.cost_kind[0], theme.cost_kind[2],
                           theme.cost_kind[5], theme.cost_kind[1], theme.cost_kind[4],
                           theme.cost_kind[6], theme.cost_kind[3]};
  return colours[group % colours.size()];
}

bool AnyValue(const BandCurve& curve, float other_than = NAN) {
  return std::ranges::any_of(
      curve.mean, [&](float value) { return std::isfinite(value) && value != other_than; });
}

bool AnyGroup(const TrainingCurves& curves, RunFigure figure) {
  return std::ranges::any_of(
      curves.groups, [&](const RunCurves& group) { return AnyValue(group.of(figure), 0.0F); });
}

PlotSeries SeriesOf(const TrainingCurves& curves, std::size_t group, RunFigure figure,
                    std::string_view name, ImU32 colour) {
  const RunCurves& runs = curves.groups[group];
  const BandCurve& curve = runs.of(figure);
  return {.name = name,
          .values = curve.mean,
          .first_x = runs.steps_per_iteration,
          .x_per_value = runs.steps_per_iteration,
          .low = curve.low,
          .high = curve.high,
          .extremes = &curves.extremes[group][static_cast<std::size_t>(figure)],
          .colour = colour};
}

struct PlotWords {
  const char* id;
  std::string_view title;
  std::string_view name;  // of the curve, where there is only one
};

// One plot of a figure over all groups. A single group's curve has the figure's own colour.
void DrawFigure(const TrainingCurves& curves, RunFigure figure, const PlotWords& words,
                ImU32 own_colour, float height, std::optional<PlotLimit> limit = {}) {
  std::vector<PlotSeries> series;
  const bool single = curves.groups.size() == 1;
  for (std::size_t i = 0; i < curves.groups.size(); ++i) {
    series.push_back(SeriesOf(curves, i, figure, single ? words.name : curves.groups[i].label,
                              single ? own_colour : GroupColour(i)));
  }
  LinePlot({.id = words.id,
            .title = words.title,
            .series = series,
            .limit = limit,
            .from_zero = figure != RunFigure::kReturn && figure != RunFigure::kEntropy,
            .height_px = Px(height)});
}

// True and learned cost against the limit; of several groups the learned cost is the thin line of
// the same colour.
void DrawCosts(const TrainingCurves& curves, double limit) {
  const Theme& theme = CurrentTheme();
  const bool single = curves.groups.size() == 1;
  std::vector<PlotSeries> series;
  for (std::size_t i = 0; i < curves.groups.size(); ++i) {
    series.push_back(SeriesOf(curves, i, RunFigure::kTrueCost,
                              single ? "true" : std::string_view(curves.groups[i].label),
                              single ? theme.true_cost : GroupColour(i)));
    if (!AnyValue(curves.groups[i].of(RunFigure::kLearnedCost))) continue;
    series.push_back(SeriesOf(curves, i, RunFigure::kLearnedCost, "learned",
                              single ? theme.predicted_cost : GroupColour(i)));
    series.back().dashed_name = !single;
  }
  LinePlot({.id = "plot/cost",
            .title = "Cost per episode",
            .series = series,
            .limit = PlotLimit{"limit", limit},
            .from_zero = true,
            .height_px = Px(136)});
}

// Which colour is which, where there are several.
void DrawLegend(const TrainingCurves& curves) {
  if (curves.groups.size() < 2) return;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  for (std::size_t i = 0; i < curves.groups.size(); ++i) {
    const RunCurves& group = curves.groups[i];
    const ImVec2 at = ImGui::GetCursorScreenPos();
    list.AddRectFilled({at.x + Px(2), at.y + Px(7)}, {at.x + Px(20), at.y + Px(10)}, GroupColour(i),
                       Px(1));
    ImGui::SetCursorPosX(ImGui::GetCursorPosX() + Px(28));
    const Short seeds = group.seeds > 1 ? Short("  (%d seeds)", group.seeds) : Short();
    TextSmall(Short("%.*s%s", static_cast<int>(Cut(group.label, 100).size()), group.label.c_str(),
                    seeds.c_str()));
  }
}

}  // namespace

void SyncCurves(const RunStore& runs, TrainingPanelState& state) {
  TrainingCurves& curves = state.curves;
  if (curves.version == runs.version() && curves.shown == state.shown) return;
  curves.version = runs.version();
  curves.shown = state.shown;
  std::vector<const RunTrack*> shown;
  for (const RunTrack& run : runs.runs()) {
    if (state.shown.contains(run.id)) shown.push_back(&run);
  }
  curves.groups = CurvesOf(shown);
  curves.extremes.assign(curves.groups.size(), {});
  for (std::size_t i = 0; i < curves.groups.size(); ++i) {
    for (std::size_t figure = 0; figure < kRunFigureCount; ++figure) {
      curves.extremes[i][figure].Sync(curves.groups[i].by_figure[figure].mean);
    }
  }
}

ImU32 CurveColour(const TrainingCurves& curves, RunId run) {
  for (std::size_t i = 0; i < curves.groups.size(); ++i) {
    if (std::ranges::count(curves.groups[i].runs, run) > 0) return GroupColour(i);
  }
  return CurrentTheme().text_muted;
}

void DrawCurves(const Snapshots& snapshots, const TrainingPanelState& state) {
  const TrainingCurves& curves = state.curves;
  if (curves.groups.empty()) {
    TextWrapped("No run is chosen: tick one above to see its curves.", CurrentTheme().text_muted);
    return;
  }
  const RunTrack* selected = snapshots.runs.Find(state.selected);
  const agents::TrainingSettings settings =
      selected != nullptr ? selected->settings : agents::TrainingSettings{};
  const Theme& theme = CurrentTheme();
  DrawLegend(curves);
  DrawFigure(curves, RunFigure::kReturn, {"plot/return", "Return", "return"}, theme.reward, 118);
  DrawCosts(curves, settings.cost_limit);
  if (AnyGroup(curves, RunFigure::kMultiplier)) {
    DrawFigure(curves, RunFigure::kMultiplier,
               {"plot/multiplier", "Multiplier \xCE\xBB", "\xCE\xBB"}, theme.accent, 92);
  }
  DrawFigure(curves, RunFigure::kKl, {"plot/kl", "KL of the update", "KL"}, theme.unsure_mark, 92,
             PlotLimit{"target", settings.target_kl});
  DrawFigure(curves, RunFigure::kEntropy, {"plot/entropy", "Entropy", "entropy"}, theme.safe_mark,
             92);
  if (AnyGroup(curves, RunFigure::kLineSearchSteps)) {
    DrawFigure(curves, RunFigure::kLineSearchSteps,
               {"plot/line_search", "Line search: steps tried", "steps"}, theme.limit, 80);
  }
  if (selected != nullptr) DrawCpoCases(*selected);
}

}  // namespace lookout::ui
