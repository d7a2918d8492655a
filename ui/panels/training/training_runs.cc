#include "ui/panels/training/training_runs.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "ui/commands.h"
#include "ui/panels/browse/library_list.h"
#include "ui/panels/state/inputs/environment_catalogue.h"
#include "ui/panels/state/mark_actions.h"
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

bool IsFinished(const RunTrack& run) { return run.steps() >= run.settings.total_steps; }

bool IsInTraining(const Snapshots& snapshots, const RunTrack& run) {
  return snapshots.training.run == run.id && IsActive(snapshots.training.state);
}

std::string_view StateOf(const Snapshots& snapshots, const RunTrack& run) {
  if (IsInTraining(snapshots, run)) return TrainingStateName(snapshots.training.state);
  if (!run.folder.empty()) return "from its folder";
  return IsFinished(run) ? "done" : "stopped";
}

// "ppo" of "/home/ada/runs/ppo"; empty for a run of the project.
std::string_view FolderName(const RunTrack& run) {
  const std::string_view path = run.folder;
  return Cut(path.substr(path.find_last_of('/') + 1), 60);
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
  const float right = row.max.x - LibraryToolsWidth();
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
  const std::string_view folder = FolderName(run);
  const Short number = folder.empty()
                           ? Short("%lld", static_cast<long long>(run.id.value))
                           : Short("%.*s", static_cast<int>(folder.size()), folder.data());
  const std::string_view name = Cut(snapshots.library.Of(KeyOf(run.id)).name, 80);
  const Short title = !name.empty() ? Short("%.*s", static_cast<int>(name.size()), name.data())
                                    : Short("%s  %.*s", number.c_str(),
                                            static_cast<int>(Cut(label, 80).size()), label.c_str());
  DrawText(list, {left, row.min.y + Px(4)}, reward_x - Px(8) - left, theme.text, title);
  const std::string_view environment = Cut(ShortEnvironmentName(run.environment), 40);
  const std::string_view standing = StateOf(snapshots, run);
  const Short detail("%.*s \xC2\xB7 seed %u \xC2\xB7 %s \xC2\xB7 %.*s",
                     static_cast<int>(environment.size()), environment.data(), run.settings.seed,
                     CompactCount(static_cast<double>(run.steps())).c_str(),
                     static_cast<int>(standing.size()), standing.data());
  DrawText(list, {left, row.min.y + Px(22)}, right - left, theme.text_muted, detail, small);
}

std::string WhyKeep(const ActionContext& context, const RunTrack& run) {
  if (IsInTraining(context.snapshots, run)) return "It is in training: stop it first";
  return WhyNotNote(context);
}

void DrawRow(const ActionContext& context, const RunTrack& run) {
  const Snapshots& snapshots = context.snapshots;
  TrainingPanelState& state = context.window.training;
  const ScopedId id(run.id.value);
  const RowState row = Row(Short("run/%lld", static_cast<long long>(run.id.value)), Px(42),
                           state.selected == run.id);
  const std::string label = agents::AgentLabel(run.settings);
  Tooltip(run.folder.empty() ? label : label + "\n" + run.folder);
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
  const bool over = ImGui::IsMouseHoveringRect(row.min, row.max);
  DrawLibraryTools(context, KeyOf(run.id), row.min, row.max, state.selected == run.id || over,
                   WhyKeep(context, run));
}

std::string_view WhyNotResume(const Snapshots& snapshots, const RunTrack& run) {
  if (!run.folder.empty()) {
    return "It was trained outside of the window: go on with lookout train --resume and its folder";
  }
  if (IsActive(snapshots.training.state)) return "Another run is in training: stop it first";
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

// Goes on with the run: for what is left of it, or, once it has done that, for more steps.
void DrawResume(const Snapshots& snapshots, const RunTrack& run, CommandSender& sender,
                TrainingPanelState& state, float width) {
  const bool finished = IsFinished(run) && run.folder.empty();
  if (finished) {
    FieldLabel("Train on for");
    NumberField("more_steps", state.more_steps, 1000, 1'000'000'000, 0.0F);
    Tooltip("Steps beyond those that the run has done");
  }
  if (Button({.id = "resume_run",
              .icon = kIconPlay,
              .text = finished ? "Train on" : "Resume",
              .width = width,
              .tooltip = "Goes on from the run's checkpoint, as if it had not been stopped",
              .disabled_because = WhyNotResume(snapshots, run)})) {
    sender.Send(ResumeRun{run.id, finished ? state.more_steps : 0});
  }
}

std::string_view WhyNotWatch(const RunTrack& run) {
  if (!run.folder.empty()) return run.policy.empty() ? "Its folder has no policy" : "";
  return run.iterations() == 0 ? "The run was stopped before it had a policy" : "";
}

void DrawSelected(const Snapshots& snapshots, CommandSender& sender, TrainingPanelState& state) {
  const RunTrack* run = snapshots.runs.Find(state.selected);
  if (run == nullptr || snapshots.library.Of(KeyOf(run->id)).deleted) return;
  if (!IsInTraining(snapshots, *run)) {
    const float width = (ImGui::GetContentRegionAvail().x - Px(6)) * 0.5F;
    DrawResume(snapshots, *run, sender, state, width);
    ImGui::SameLine(0.0F, Px(6));
    if (Button({.id = "watch_run",
                .icon = kIconView,
                .text = "Watch",
                .width = width,
                .tooltip = "Puts the run's last policy into the live episode",
                .disabled_because = WhyNotWatch(*run)})) {
      sender.Send(WatchRun{run->id, 0});
    }
  }
  DrawKeptPolicies(*run, sender, state);
}

}  // namespace

void FollowRuns(const Snapshots& snapshots, TrainingPanelState& state) {
  const auto& runs = snapshots.runs.runs();
  const RunId newest = runs.front().id;
  for (const RunTrack& run : runs) {
    if (!run.asked_for || !state.seen.insert(run.id).second) continue;
    state.selected = run.id;
    state.kept_choice = -1;
    state.shown.insert(run.id);
  }
  if (newest != state.newest) {
    state.newest = newest;
    state.selected = newest;
    state.kept_choice = -1;
    state.shown.insert(newest);
  }
  std::erase_if(state.shown, [&](RunId id) { return snapshots.library.Of(KeyOf(id)).deleted; });
  SyncCurves(snapshots.runs, state);
}

std::vector<int> ListedRuns(const Snapshots& snapshots, const ListFilter& filter) {
  const auto& runs = snapshots.runs.runs();
  std::vector<int> rows;
  std::string text;
  for (std::size_t i = 0; i < runs.size(); ++i) {
    if (!filter.search.empty()) {
      text = fmt::format("{} {} seed {} {}", agents::AgentLabel(runs[i].settings),
                         runs[i].environment, runs[i].settings.seed, FolderName(runs[i]));
    }
    const LibraryNote& note = snapshots.library.Of(KeyOf(runs[i].id));
    if (IsListed(filter, note, text)) rows.push_back(static_cast<int>(i));
  }
  const auto figure = [&](int i) {
    const RunTrack& run = runs[static_cast<std::size_t>(i)];
    const agents::IterationReport* last = LastReport(run);
    if (last == nullptr) return -1e300;
    const double value = filter.order == 1   ? -last->mean_true_cost
                         : filter.order == 2 ? last->mean_return
                                             : static_cast<double>(last->steps);
    return std::isfinite(value) ? value : -1e300;
  };
  if (filter.order != 0) std::ranges::stable_sort(rows, std::ranges::greater{}, figure);
  return rows;
}

void DrawTrainingRuns(const ActionContext& context) {
  const auto& [snapshots, sender, window] = context;
  TrainingPanelState& state = window.training;
  const auto& runs = snapshots.runs.runs();
  if (!Section("section/runs", Short("Runs (%zu)", runs.size()), "return, cost",
               SectionOpen(window.settings, "runs"))) {
    return;
  }
  constexpr std::array kOrders{"Newest", "Safest", "Return", "Steps"};
  if (runs.size() > 3) {
    DrawLibraryFilter({.search = "runs/search",
                       .sort = "runs/sort",
                       .starred = "runs/starred",
                       .orders = kOrders},
                      state.filter);
  }
  const std::vector<int> listed = ListedRuns(snapshots, state.filter);
  const ScopedStyle tight(ImGuiStyleVar_ItemSpacing, ImVec2(Px(4), Px(2)));
  const float row = Px(44);
  const auto rows = static_cast<float>(std::clamp<std::size_t>(listed.size(), 1, kRowsShown));
  {
    const ScopedChild child("runs_list", {0, row * rows + Px(2)});
    if (listed.empty()) TextMuted("No run is like that.");
    ImGuiListClipper clipper;
    clipper.Begin(static_cast<int>(listed.size()), row);
    while (clipper.Step()) {
      for (int i = clipper.DisplayStart; i < clipper.DisplayEnd; ++i) {
        const int run = listed[static_cast<std::size_t>(i)];
        DrawRow(context, runs[static_cast<std::size_t>(run)]);
      }
    }
  }
  const ScopedStyle roomy(ImGuiStyleVar_ItemSpacing, ImVec2(Px(6), Px(6)));
  DrawSelected(snapshots, sender, state);
}

}  // namespace lookout::ui
