// What the window does to find what the cost model gets wrong: it looks through the episodes in
// memory and, one after the other, through the marked ones on disk. Part of window_controller.h.
#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <optional>
#include <set>
#include <span>
#include <utility>
#include <vector>

#include "app/workspace/labelling/coverage.h"
#include "app/workspace/labelling/error_search.h"
#include "app/workspace/window_controller.h"

namespace lookout::app {
namespace {

// Whose errors are looked for: what was predicted when steps were recorded is the total.
agents::DangerClass DangerOf(bool recorded, const agents::CostUse& use) {
  return recorded ? agents::DangerClass{0} : use.danger;
}

}  // namespace

void WindowController::OnPredicted(const EpisodePredictions& predictions) {
  predictions_.OnPredicted(predictions);
  if (error_search_) error_search_->prediction.OnPredicted(predictions);
}

void WindowController::Apply(const ui::GoToError& command, const WorkerSnapshots& workers) {
  error_search_.reset();
  const ui::FrameFigures none;
  const ui::Snapshots view = View(workers, none);
  const ui::EpisodeTrack* shown = view.shown_episode();
  if (shown == nullptr) return;
  const agents::DangerClass danger = DangerOf(recorded_, cost_use_);
  const agents::DangerClasses& names = marks().danger_classes();
  if (!command.against_others && !RuleKnows(danger, names)) {
    return Notify(ui::NoticeLevel::kInfo,
                  fmt::format("The rule knows no '{}' by itself: switch 'Against others' on to go "
                              "by the marks, or show the danger in total.",
                              names.NameOf(danger)));
  }
  if (ShowErrorIn(*shown, view.shown_predictions().cost, command, view.playhead.step + 1)) return;
  // Then the older episodes, round to the beginning of this one.
  error_search_ = ErrorSearch{.wish = command, .shown = shown->id(), .live = view.playhead.live};
  const std::set<EpisodeId> marked = EpisodesOf(marks().marks());
  const auto& rows = episodes_.summaries();
  const auto here = std::ranges::find(rows, shown->id(), &ui::EpisodeSummary::id);
  const auto start = static_cast<std::size_t>(here - rows.begin());
  std::size_t on_disk = 0;
  for (std::size_t i = 1; i <= rows.size(); ++i) {
    const EpisodeId id = rows[(start + i) % rows.size()].id;
    const bool in_memory = episodes_.Find(id) != nullptr;
    if (!in_memory && (!marked.contains(id) || missing_.contains(id))) continue;
    if (!in_memory) ++on_disk;
    error_search_->due.push_back(id);
  }
  std::ranges::reverse(error_search_->due);
  FollowErrorSearch();
  if (!error_search_ || on_disk == 0) return;
  Notify(ui::NoticeLevel::kInfo, fmt::format("Looking through {} marked episode{} on disk, too.",
                                             on_disk, on_disk == 1 ? "" : "s"));
}

// Once a frame: goes on with the next episode as soon as it is loaded and predicted. Given up when
// somebody goes to another episode, or begins to mark blind.
void WindowController::FollowErrorSearch() {
  if (!error_search_) return;
  const ui::Playhead& playhead = playback_.playhead();
  const bool moved = playhead.live != error_search_->live ||
                     (!playhead.live && playhead.episode != error_search_->shown);
  if (moved || IsBlind()) return error_search_.reset();
  std::vector<EpisodeId>& due = error_search_->due;
  for (; !due.empty(); due.pop_back()) {
    const ui::EpisodeTrack* track = episodes_.Find(due.back());
    if (track == nullptr && missing_.contains(due.back())) continue;
    if (track == nullptr) return Load(due.back());
    std::optional<std::span<const float>> predicted = track->predicted_cost;
    if (!recorded_) {
      const bool reuse = read_model_ == cost_model_;
      predicted = error_search_->Predicted(*track, read_model_, reuse, links_.predict);
    }
    if (!predicted) return;
    if (ShowErrorIn(*track, *predicted, error_search_->wish, 0)) return error_search_.reset();
    error_search_->prediction = {};
    error_search_->predicted_steps = 0;
  }
  const ui::GoToError wish = error_search_->wish;
  const agents::DangerClass danger = DangerOf(recorded_, cost_use_);
  error_search_.reset();
  const auto& all = marks().marks().marks();
  const bool others = std::ranges::any_of(
      all, [&](const auto& entry) { return entry.second.annotator != marks().annotator(); });
  if (wish.against_others && !others) {
    return Notify(ui::NoticeLevel::kInfo,
                  "Nobody else has marked: switch 'Against others' off to go by the rule.");
  }
  Notify(ui::NoticeLevel::kInfo,
         fmt::format("No {}{} in the marked episodes and those in memory: the cost model and {}.",
                     wish.reason == agents::QueryReason::kFalseAlarm ? "false alarm" : "miss",
                     danger == 0 ? "" : " of " + marks().danger_classes().NameOf(danger),
                     wish.against_others ? "the other annotators' marks agree" : "the rule agree"));
}

bool WindowController::ShowErrorIn(const ui::EpisodeTrack& track, std::span<const float> predicted,
                                   const ui::GoToError& wish, StepIndex from) {
  const agents::DangerClass danger = DangerOf(recorded_, cost_use_);
  const Reference reference =
      wish.against_others
          ? MarksOfOthers(marks().marks(), track.id(), marks().annotator(), track.steps(), danger)
          : RuleOf(track, danger);
  const auto step = NextErrorIn(predicted, reference, wish.reason, from);
  if (!step) return false;
  if (pair_.shown()) Apply(ui::LeavePairs{});
  Apply(ui::Seek{track.id(), *step});
  return true;
}

}  // namespace lookout::app
