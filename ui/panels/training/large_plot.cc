#include "ui/panels/training/large_plot.h"

#include <algorithm>
#include <vector>

#include "ui/panels/training/training_plots.h"
#include "ui/theme/icons.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/text.h"

namespace lookout::ui {
namespace {

// The other plots, one click away.
void DrawPlotChoice(const TrainingCurves& curves, TrainingPlot& plot) {
  std::vector<TrainingPlot> there;
  for (int i = 0; i < kTrainingPlotCount; ++i) {
    const auto candidate = static_cast<TrainingPlot>(i);
    if (HasPlot(curves, candidate)) there.push_back(candidate);
  }
  const auto present = std::ranges::find(there, plot);
  const auto chosen = DropDown(
      {.id = "large/plot",
       .preview = SpecOf(plot).title,
       .count = static_cast<int>(there.size()),
       .selected = static_cast<int>(present - there.begin()),
       .width = Px(220)},
      [&](int i) -> std::string_view { return SpecOf(there[static_cast<std::size_t>(i)]).title; });
  if (chosen) plot = there[static_cast<std::size_t>(*chosen)];
}

void DrawHead(const ActionContext& context, const TrainingPlotCurves& curves) {
  LargePlotState& state = context.window.plot;
  DrawPlotChoice(context.window.training.curves, state.plot);
  Explain(SpecOf(state.plot).figure);
  ImGui::SameLine(0.0F, Px(12));
  SliderField("large/smoothing", state.smoothing, 0.0F, 0.99F,
              state.smoothing > 0.0F ? "smoothing %.2f" : "not smoothed", Px(170));
  Tooltip("Exponential smoothing: the weight of what was before");
  ImGui::SameLine(0.0F, Px(12));
  const bool csv = Button({.id = "large/csv",
                           .icon = kIconSaved,
                           .text = "CSV",
                           .tooltip = "Writes the curves as they are drawn, beside the project"});
  ImGui::SameLine(0.0F, Px(6));
  const bool svg =
      Button({.id = "large/svg",
              .icon = kIconSaved,
              .text = "SVG",
              .tooltip = "Writes the plot as a picture for papers, beside the project"});
  if (csv || svg) context.sender.Send(SavePlot{curves.Table(), svg});
  ImGui::SameLine(ImGui::GetWindowWidth() - ImGui::GetFrameHeight() - Px(20));
  if (Button({.id = "large/close",
              .icon = kIconClose,
              .look = ButtonLook::kGhost,
              .tooltip = "Close",
              .key = "Esc"})) {
    state.shown = false;
  }
}

}  // namespace

void DrawLargePlot(const Rect& window_rect, const ActionContext& context) {
  LargePlotState& state = context.window.plot;
  const TrainingPanelState& training = context.window.training;
  if (!state.shown) return;
  if (training.curves.groups.empty()) {
    state.shown = false;
    return;
  }
  const ScopedSheet sheet("plot##sheet", window_rect);
  const RunTrack* selected = context.snapshots.runs.Find(training.selected);
  const agents::TrainingSettings settings =
      selected != nullptr ? selected->settings : agents::TrainingSettings{};
  const TrainingPlotCurves curves(training.curves, settings, state.plot, state.smoothing);
  DrawHead(context, curves);
  ImGui::Dummy({1, Px(6)});
  const TrainingPlotSpec& spec = SpecOf(state.plot);
  LinePlot({.id = "large/curves",
            .title = spec.title,
            .series = curves.series(),
            .limit = curves.limit(),
            .from_zero = spec.from_zero,
            .height_px = ImGui::GetContentRegionAvail().y});
}

}  // namespace lookout::ui
