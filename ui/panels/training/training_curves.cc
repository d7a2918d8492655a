#include "ui/panels/training/training_curves.h"

#include <algorithm>

#include "ui/panels/training/cpo_cases.h"
#include "ui/panels/training/training_plots.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/plots/line_plot.h"
#include "ui/widgets/text.h"

namespace lookout::ui {
namespace {

// A small plot; a click opens it large.
void DrawPlot(const ActionContext& context, const agents::TrainingSettings& settings,
              TrainingPlot plot) {
  const TrainingCurves& all = context.window.training.curves;
  if (!HasPlot(all, plot)) return;
  const TrainingPlotSpec& spec = SpecOf(plot);
  const TrainingPlotCurves curves(all, settings, plot);
  if (LinePlot({.id = spec.id,
                .title = spec.title,
                .series = curves.series(),
                .limit = curves.limit(),
                .from_zero = spec.from_zero,
                .height_px = Px(spec.height_px),
                .explained_by = spec.figure})) {
    context.window.plot.shown = true;
    context.window.plot.plot = plot;
  }
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

void DrawCurves(const ActionContext& context) {
  const TrainingPanelState& state = context.window.training;
  if (state.curves.groups.empty()) {
    TextWrapped("No run is chosen: tick one above to see its curves.", CurrentTheme().text_muted);
    return;
  }
  if (!Section("section/curves", "Curves", "click one: large",
               SectionOpen(context.window.settings, "curves"))) {
    return;
  }
  const RunTrack* selected = context.snapshots.runs.Find(state.selected);
  const agents::TrainingSettings settings =
      selected != nullptr ? selected->settings : agents::TrainingSettings{};
  DrawLegend(state.curves);
  for (int i = 0; i < kTrainingPlotCount; ++i) {
    DrawPlot(context, settings, static_cast<TrainingPlot>(i));
  }
  if (selected != nullptr) DrawCpoCases(*selected);
}

}  // namespace lookout::ui
