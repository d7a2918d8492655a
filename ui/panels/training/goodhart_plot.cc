#include "ui/panels/training/goodhart_plot.h"

#include <string>

#include "agents/inspect/goodhart/parting.h"
#include "ui/commands.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/plots/scatter_plot.h"
#include "ui/widgets/text.h"

namespace lookout::ui {
namespace {

// Made anew only when the run has gone on.
const GoodhartTrack& Sync(const RunTrack& run, GoodhartPlotState& state) {
  if (state.track.IsOf(run)) return state.track;
  state.track = GoodhartTrackOf(run);
  state.points.clear();
  for (const GoodhartPoint& point : state.track.points) {
    state.points.push_back({.x = point.distance,
                            .first = point.learned,
                            .second = point.truth,
                            .number = point.iteration,
                            .clickable = point.kept_policy > 0});
  }
  state.text = state.track.parting ? agents::PartingText(*state.track.parting) : std::string();
  return state.track;
}

std::optional<double> FlaggedDistance(const GoodhartTrack& track) {
  if (!track.parting) return std::nullopt;
  for (const GoodhartPoint& point : track.points) {
    if (point.iteration == track.parting->since) return point.distance;
  }
  return std::nullopt;
}

}  // namespace

void DrawParting(const Snapshots& snapshots, TrainingPanelState& state) {
  const RunTrack* const run = snapshots.runs.Find(snapshots.training.run);
  if (run == nullptr) return;
  const GoodhartTrack& track = Sync(*run, state.in_training);
  if (!track.parting) return;
  TextWrapped(state.in_training.text, CurrentTheme().warning);
  NoteItem("parting_banner");
}

void DrawGoodhartPlot(const ActionContext& context) {
  TrainingPanelState& state = context.window.training;
  const RunTrack* const run = context.snapshots.runs.Find(state.selected);
  if (run == nullptr) return;
  const GoodhartTrack& track = Sync(*run, state.goodhart);
  if (track.points.size() < 2) return;
  const Theme& theme = CurrentTheme();
  const int clicked = ScatterPlot({.id = "plot/goodhart",
                                   .title = "Goodhart: cost against optimisation",
                                   .points = state.goodhart.points,
                                   .x_name = "distance from the first policy, \xE2\x88\x9AKL",
                                   .number_name = "iteration",
                                   .first_name = "learned",
                                   .second_name = "true",
                                   .first_colour = theme.predicted_cost,
                                   .second_colour = theme.true_cost,
                                   .flagged_x = FlaggedDistance(track),
                                   .flagged_name = "they part",
                                   .click_hint = "click: watch this policy",
                                   .height_px = Px(170),
                                   .explained_by = Figure::kGoodhart});
  if (clicked < 0) return;
  const GoodhartPoint& point = track.points[static_cast<std::size_t>(clicked)];
  context.sender.Send(WatchRun{run->id, point.kept_policy});
}

}  // namespace lookout::ui
