#include "ui/panels/training/training_panel.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "agents/rl/settings/limit_floor.h"
#include "agents/rl/settings/unmet_limit.h"
#include "ui/panels/browse/open_path.h"
#include "ui/panels/training/comparison_panel.h"
#include "ui/panels/training/goodhart_plot.h"
#include "ui/panels/training/training_curves.h"
#include "ui/panels/training/training_runs.h"
#include "ui/panels/training/training_setup.h"
#include "ui/theme/icons.h"
#include "ui/theme/ui_context.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/scopes.h"
#include "ui/widgets/text.h"

namespace lookout::ui {
namespace {

void DrawRunButtons(const TrainingSnapshot& training, CommandSender& sender) {
  const float width = (ImGui::GetContentRegionAvail().x - Px(6)) * 0.5F;
  const bool paused = training.state == TrainingState::kPaused;
  const bool stopping = training.state == TrainingState::kStopping;
  const std::string_view wait = stopping ? "The run is stopping" : "";
  if (Button({.id = paused ? "resume_training" : "pause_training",
              .icon = paused ? kIconPlay : kIconPause,
              .text = paused ? "Resume" : "Pause",
              .width = width,
              .tooltip = "Takes effect between iterations",
              .disabled_because = wait})) {
    if (paused) {
      sender.Send(ResumeTraining{});
    } else {
      sender.Send(PauseTraining{});
    }
  }
  ImGui::SameLine(0.0F, Px(6));
  if (Button({.id = "stop_training",
              .icon = kIconStop,
              .text = "Stop",
              .look = ButtonLook::kDanger,
              .width = width,
              .tooltip = "Ends the run; its checkpoint and policies are kept, to be resumed",
              .disabled_because = wait})) {
    sender.Send(StopTraining{});
  }
}

void DrawProgress(const TrainingSnapshot& training) {
  const agents::TrainingSettings& settings = training.settings;
  const bool any = training.history && !training.history->empty();
  const double done = any ? static_cast<double>(training.history->back().steps) : 0.0;
  const double now = done + training.iteration_fraction * settings.steps_per_iteration;
  const double total = std::max(1.0, static_cast<double>(settings.total_steps));
  Heading(Cut(agents::AgentLabel(settings), 80), TrainingStateName(training.state));
  ProgressBar(static_cast<float>(now / total), Px(7));
  const double left_s =
      training.steps_per_second > 1.0 ? (total - now) / training.steps_per_second : 0.0;
  const bool running = training.state == TrainingState::kRunning;
  const Short steps("%s of %s steps", CompactCount(now).c_str(), CompactCount(total).c_str());
  // Measured over iterations, so that the first has none yet.
  const Short speed = training.steps_per_second > 0.0
                          ? Short("%s steps/s", CompactCount(training.steps_per_second).c_str())
                          : Short();
  const Short left =
      running && left_s > 0.0 ? Short("%.0f min left", std::max(1.0, left_s / 60.0)) : Short();
  const ScopedFont small(CurrentFonts().small);
  TextParts(std::array<TextPart, 3>{{{steps}, {left, 1}, {speed, 2}}},
            ImGui::GetContentRegionAvail().x, CurrentTheme().text_muted);
  NoteItem("training_progress");
}

// That the limit is not being met, once that has lasted.
void DrawUnmetLimit(const TrainingSnapshot& training) {
  if (!training.history) return;
  const int iterations = agents::IterationsAtCap(training.settings, *training.history);
  if (iterations < agents::kUnmetFrom) return;
  std::string text = agents::UnmetLimitText(training.settings, iterations);
  const MeasuredFloor* const floor = training.floor.get();
  const bool is_its_own = floor != nullptr && floor->failure.empty() &&
                          agents::LimitsLearnedCost(training.settings) &&
                          floor->environment == training.environment &&
                          agents::CountCostsAlike(floor->settings, training.settings);
  if (is_its_own) text += " " + agents::FloorText(floor->floor);
  TextWrapped(text, CurrentTheme().warning);
}

// The form is brought back from an earlier sitting; the limit is the project's.
void TakeCostLimit(const Snapshots& snapshots, TrainingPanelState& state, TrainingDraft& draft) {
  if (std::exchange(state.limit_taken, true)) return;
  draft.settings.cost_limit = snapshots.cost_limit;
}

void DrawWatchButton(const Snapshots& snapshots, CommandSender& sender) {
  const bool watching = snapshots.player.agent == AgentKind::kNewestPolicy;
  const bool any = snapshots.training.policy_version > 0;
  if (Button({.id = "watch_newest",
              .icon = kIconView,
              .text = watching ? "Watching the newest policy" : "Watch the newest policy",
              .selected = watching,
              .width = -1.0F,
              .tooltip = "A new episode, steered by this run's newest policy, and so on episode by "
                         "episode",
              .disabled_because = any ? "" : "The first iteration has not finished yet"})) {
    sender.Send(WatchIn{snapshots.training.environment, {AgentKind::kNewestPolicy, {}}});
  }
}

void DrawTrainingPanel(const ActionContext& context, const WindowInputs& inputs) {
  const auto& [snapshots, sender, window] = context;
  TrainingPanelState& state = window.training;
  const TrainingSnapshot& training = snapshots.training;
  if (IsActive(training.state)) {
    DrawProgress(training);
    DrawUnmetLimit(training);
    DrawParting(snapshots, state);
    DrawRunButtons(training, sender);
    DrawWatchButton(snapshots, sender);
  } else {
    TakeCostLimit(snapshots, state, window.settings.training);
    FollowEnvironment(snapshots.player.environment, state.followed, window.settings.training);
    DrawTrainingSetup(snapshots, sender, inputs, state.floor, window.settings.training);
    if (!training.failure.empty()) TextWrapped(training.failure, CurrentTheme().error);
  }
  if (!snapshots.runs.runs().empty()) {
    FollowRuns(snapshots, state);
    ImGui::Dummy({1, Px(2)});
    DrawTrainingRuns(context);
    DrawCurves(context);
    DrawGoodhartPlot(context);
  }
  ImGui::Dummy({1, Px(4)});
  DrawComparisonPanel(snapshots, sender, inputs, state.comparison);
  DrawOpenPolicy(sender, state.policy_path);
}

}  // namespace

constinit const Panel kTrainingPanel{
    "tab/training", kIconTraining, "Training", [](const PanelContext& context) {
      DrawTrainingPanel({context.snapshots, context.sender, context.window}, context.inputs);
    }};

}  // namespace lookout::ui
