#include "ui/panels/training/training_runs.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "ui/panels/state/environment_catalogue.h"
#include "ui/panels/training/training_curves.h"
#include "ui/theme/icons.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/scopes.h"
#include "ui/widgets/text.h"

namespace lookout::ui {
namespace {

constexpr int kRowsShown = 5;

const agents::IterationReport* LastReport(const RunTrack& run) {
  return run.iterations() > 0 ? &run.history->back() : nullptr;
}

std::int64_t StepsOf(const RunTrack& run) {
  const agents::IterationReport* last = LastReport(run);
  return last != nullptr ? last->steps : 0;
}

bool IsFinished(const RunTrack& run) { return StepsOf(run) >= run.settings.total_steps; }

bool IsInTraining(const Snapshots& snapshots, const RunTrack& run) {
  return snapshots.training.run == run.id && IsActive(snapshots.training.state);
}

std::string_view StateOf(const Snapshots& snapshots, const RunTrack& run) {
  if (IsInTraining(snapshots, run)) return TrainingStateName(snapshots.training.state);
  return IsFinished(run) ? "done" : "stopped";
}

// A check box over the row, so that clicking it does not select the row. True when clicked.
bool ShowBox(const RowState& row, bool shown, ImU32 colour, std::int64_t run) {
  const ImVec2 after = ImGui::GetCursorScreenPos();
  ImGui::SetCursorScreenPos({row.min.x, row.min.y});
  const bool clicked = ImGui::InvisibleButton("show", {Px(28), row.max.y - row.min.y});
  NoteItem(Short("run/%lld/show", static_cast<long long>(run)));
  Tooltip(
      "Whether its curves are drawn below; runs that differ only in their seed become one "
      "curve with a band");
  ImGui::SetCursorScreenPos(after);
  DrawText(*ImGui::GetWindowDrawList(), {row.min.x + Px(9), row.min.y + Px(5)}, Px(20),
           shown ? colour : CurrentTheme().text_muted, shown ? kIconChecked : kIconUnchecked);
  return clicked;
}

void DrawRunText(const Snapshots& snapshots, const RunTrack& run, const RowState& row) {
  const Theme& theme = CurrentTheme();
  ImDrawList& list = *ImGui::GetWindowDrawList();
  ImFont* small = CurrentFonts().small;
  const float left = row.min.x + Px(33);
  const float right = row.max.x - Px(8);
  const agents::IterationReport* last = LastReport(run);
  const bool over = last != nullptr && last->mean_true_cost > run.settings.cost_limit;
  const Short cost =
      last != nullptr ? Short("%s", CompactNumber(last->mean_true_cost).c_str()) : Short();
  const Short reward =
      last != nullptr ? Short("%s", CompactNumber(last->mean_return).c_str()) : Short();
  const float cost_width = TextSize(cost).x;
  const float reward_width = TextSize(reward).x;
  DrawText(list, {right - cost_width, row.min.y + Px(4)}, cost_width + 1.0F,
           over ? theme.error : theme.text, cost);
  const float reward_x = right - std::max(cost_width, Px(36)) - Px(10) - reward_width;
  DrawText(list, {reward_x, row.min.y + Px(4)}, reward_width + 1.0F, theme.reward, reward);
  const std::string label = agents::ShortAgentLabel(run.settings);
  const Short title("%lld  %.*s", static_cast<long long>(run.id.value),
                    static_cast<int>(Cut(label, 80).size()), label.c_str());
  DrawText(list, {left, row.min.y + Px(4)}, reward_x - Px(8) - left, theme.text, title);
  const std::string_view environment = Cut(ShortEnvironmentName(run.environment), 40);
  const std::string_view standing = StateOf(snapshots, run);
  const Short detail("%.*s \xC2\xB7 seed %u \xC2\xB7 %s \xC2\xB7 %.*s",
                     static_cast<int>(environment.size()), environment.data(), run.settings.seed,
                     CompactCount(static_cast<double>(StepsOf(run))).c_str(),
                     static_cast<int>(standing.size()), standing.data());
  DrawText(list, {left, row.min.y + Px(22)}, right - left, theme.text_muted, detail, small);
}

void DrawRow(const Snapshots& snapshots, const RunTrack& run, TrainingPanelState& state) {
  const ScopedId id(run.id.value);
  const RowState row = Row(Short("run/%lld", static_cast<long long>(run.id.value)), Px(42),
                           state.selected == run.id);
  Tooltip(Cut(agents::AgentLabel(run.settings), 120));
  const bool shown = state.shown.contains(run.id);
  if (ShowBox(row, shown, CurveColour(state.curves, run.id), run.id.value)) {
    if (shown) {
      state.shown.erase(run.id);
    } else {
      state.shown.insert(run.id);
    }
  } else if (row.clicked) {
    state.selected = run.id;
    state.kept_choice = -1;
    state.shown.insert(run.id);
  }
  DrawRunText(snapshots, run, row);
}

std::string_view WhyNotResume(const Snapshots& snapshots, const RunTrack& run) {
  if (IsActive(snapshots.training.state)) return "Another run is in training: stop it first";
  if (IsFinished(run)) return "The run has done all its steps";
  return run.iterations() == 0 ? "The run was stopped before its first checkpoint" : "";
}

// A slider over the policies that the run kept, and a button that puts one into the live episode.
void DrawKeptPolicies(const RunTrack& run, CommandSender& sender, TrainingPanelState& state) {
  const std::vector<int>& kept = run.kept_policies;
  if (kept.empty()) return;
  const int last = static_cast<int>(kept.size()) - 1;
  const int before = state.kept_choice < 0 ? last : std::min(state.kept_choice, last);
  const float button = Px(88);
  auto choice = static_cast<float>(before);
  SliderField("kept_policy", choice, 0.0F, static_cast<float>(std::max(last, 1)),
              Short("iteration %d", kept[static_cast<std::size_t>(before)]).c_str(),
              ImGui::GetContentRegionAvail().x - button - Px(6));
  Tooltip("A policy that the run kept along the way");
  const int chosen = std::min(last, static_cast<int>(std::lround(choice)));
  if (chosen != before) state.kept_choice = chosen;
  const int iteration = kept[static_cast<std::size_t>(chosen)];
  ImGui::SameLine(0.0F, Px(6));
  if (Button({.id = "watch_kept",
              .icon = kIconView,
              .text = "Watch",
              .width = button,
              .tooltip = "Puts this policy into the live episode, which starts anew from its seed; "
                         "it joins the list of agents"})) {
    sender.Send(WatchRun{run.id, iteration});
  }
  if (run.iterations() == 0) return;
  const auto report =
      std::ranges::find(*run.history, iteration, &agents::IterationReport::iteration);
  if (report == run.history->end()) return;
  TextSmall(Short("There: return %s, cost %s", CompactNumber(report->mean_return).c_str(),
                  CompactNumber(report->mean_true_cost).c_str()));
}

void DrawSelected(const Snapshots& snapshots, CommandSender& sender, TrainingPanelState& state) {
  const RunTrack* run = snapshots.runs.Find(state.selected);
  if (run == nullptr) return;
  if (!IsInTraining(snapshots, *run)) {
    const float width = (ImGui::GetContentRegionAvail().x - Px(6)) * 0.5F;
    if (Button({.id = "resume_run",
                .icon = kIconPlay,
                .text = "Resume",
                .width = width,
                .tooltip = "Goes on from the run's checkpoint, as if it had not been stopped",
                .disabled_because = WhyNotResume(snapshots, *run)})) {
      sender.Send(ResumeRun{run->id});
    }
    ImGui::SameLine(0.0F, Px(6));
    if (Button({.id = "watch_run",
                .icon = kIconView,
                .text = "Watch",
                .width = width,
                .tooltip = "Puts the run's last policy into the live episode",
                .disabled_because =
                    run->iterations() == 0 ? "The run was stopped before it had a policy" : ""})) {
      sender.Send(WatchRun{run->id, 0});
    }
  }
  DrawKeptPolicies(*run, sender, state);
}

}  // namespace

void FollowRuns(const Snapshots& snapshots, TrainingPanelState& state) {
  const RunId newest = snapshots.runs.runs().front().id;
  if (newest != state.newest) {
    state.newest = newest;
    state.selected = newest;
    state.kept_choice = -1;
    state.shown.insert(newest);
  }
  SyncCurves(snapshots.runs, state);
}

void DrawTrainingRuns(const Snapshots& snapshots, CommandSender& sender,
                      TrainingPanelState& state) {
  const auto& runs = snapshots.runs.runs();
  Heading("Runs", "return, cost");
  const ScopedStyle tight(ImGuiStyleVar_ItemSpacing, ImVec2(Px(4), Px(2)));
  const float row = Px(44);
  const auto rows = static_cast<float>(std::min<std::size_t>(runs.size(), kRowsShown));
  {
    const ScopedChild child("runs_list", {0, row * rows + Px(2)});
    ImGuiListClipper clipper;
    clipper.Begin(static_cast<int>(runs.size()), row);
    while (clipper.Step()) {
      for (int i = clipper.DisplayStart; i < clipper.DisplayEnd; ++i) {
        DrawRow(snapshots, runs[static_cast<std::size_t>(i)], state);
      }
    }
  }
  const ScopedStyle roomy(ImGuiStyleVar_ItemSpacing, ImVec2(Px(6), Px(6)));
  DrawSelected(snapshots, sender, state);
}

}  // namespace lookout::ui
