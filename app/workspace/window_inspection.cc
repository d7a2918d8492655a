// What the window does about explanations, proofs, new ways, blind spots and hard worlds. Part of
// window_controller.h.
#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "app/workspace/window_controller.h"

namespace lookout::app {

// What was predicted when it was recorded came from the model of then.
Inspection::Moment WindowController::MomentOnScreen(const WorkerSnapshots& workers) const {
  const ui::FrameFigures no_figures;
  const ui::Snapshots view = View(workers, no_figures);
  const sim::StepRecord* record = view.shown_step();
  const ui::EpisodeTrack* track = view.shown_episode();
  Inspection::Moment moment{.track = track, .record = record};
  if (track == nullptr || record == nullptr || pair_.shown() || IsBlind()) return {};
  moment.step = playback_.playhead().live ? workers.player.step : playback_.playhead().step;
  moment.moving = view.playing();
  const ui::AgentKind agent = workers.player.agent;
  if (agent == ui::AgentKind::kNewestPolicy || agent == ui::AgentKind::kNamedPolicy) {
    moment.policy = workers.player.policy;  // scripts have nothing that can be asked
  }
  moment.model = cost_model_;
  if (recorded_)
    moment.model = record->cost_model ? links_.find_cost_model(record->cost_model) : nullptr;
  moment.labels_sequence = marks().marks().last_sequence();
  moment.labels = [this] {
    std::vector<EpisodeId> absent;
    return fit_material_.Request(marking_.store().marks(), episodes_, absent);
  };
  return moment;
}

void WindowController::Handle(const ui::InspectionCommand& command,
                              const WorkerSnapshots& workers) {
  std::visit(
      [&](const auto& specific) {
        using Specific = std::decay_t<decltype(specific)>;
        if constexpr (std::is_same_v<Specific, ui::ShowNearLabel>) {
          const agents::NearLabel* label = inspection_.NearLabelAt(specific.index);
          if (label != nullptr) SeekWhenLoaded({label->episode, label->step});
        } else if constexpr (std::is_same_v<Specific, ui::OpenCounterexample>) {
          inspection_.OpenCounterexample(workers.project.path);
        } else if constexpr (std::is_same_v<Specific, ui::CheckExplanation> ||
                             std::is_same_v<Specific, ui::AskQuestion>) {
          inspection_.Apply(specific, MomentOnScreen(workers));
        } else if constexpr (std::is_same_v<Specific, ui::FindNewWays> ||
                             std::is_same_v<Specific, ui::StopNewWays> ||
                             std::is_same_v<Specific, ui::ShowNewWay> ||
                             std::is_same_v<Specific, ui::MarkNewWay>) {
          HandleNewWays(specific, workers);
        } else if constexpr (std::is_same_v<Specific, ui::FindBlindSpots> ||
                             std::is_same_v<Specific, ui::StopBlindSpots> ||
                             std::is_same_v<Specific, ui::ShowBlindSpot> ||
                             std::is_same_v<Specific, ui::AskAboutBlindSpots>) {
          HandleBlindSpots(specific, workers);
        } else if constexpr (std::is_same_v<Specific, ui::FindHardWorlds> ||
                             std::is_same_v<Specific, ui::StopHardWorlds> ||
                             std::is_same_v<Specific, ui::ShowHardWorld> ||
                             std::is_same_v<Specific, ui::KeepHardWorlds> ||
                             std::is_same_v<Specific, ui::SaveHardWorlds>) {
          HandleHardWorlds(specific, workers);
        } else {
          inspection_.Apply(specific);
        }
      },
      command);
}

void WindowController::HandleNewWays(const ui::InspectionCommand& command,
                                     const WorkerSnapshots& workers) {
  if (const auto* find = std::get_if<ui::FindNewWays>(&command)) {
    const ui::EpisodeTrack* live = episodes_.Find(workers.player.episode);
    if (live == nullptr) return;
    std::vector<EpisodeId> absent;
    new_ways_.Find(*find, live->header().config, cost_model_,
                   fit_material_.Request(marking_.store().marks(), episodes_, absent));
  } else if (const auto* show = std::get_if<ui::ShowNewWay>(&command)) {
    if (const auto where = new_ways_.Show(*show)) SeekWhenLoaded(*where);
  } else if (const auto* mark = std::get_if<ui::MarkNewWay>(&command)) {
    if (workers.project.read_only) return TellReadOnly(workers.project);
    const int marks = new_ways_.Mark(*mark);
    if (marks == 0) return;
    SendLabels();
    Notify(ui::NoticeLevel::kInfo,
           fmt::format("Marked {} span{} as unsafe. Undo takes {} back.", marks,
                       marks == 1 ? "" : "s", marks == 1 ? "it" : "them"));
  } else {
    new_ways_.Stop();
  }
}

void WindowController::HandleBlindSpots(const ui::InspectionCommand& command,
                                        const WorkerSnapshots& workers) {
  if (const auto* find = std::get_if<ui::FindBlindSpots>(&command)) {
    const ui::EpisodeTrack* live = episodes_.Find(workers.player.episode);
    if (live != nullptr) blind_spots_.Find(*find, live->header().config, cost_model_);
  } else if (const auto* show = std::get_if<ui::ShowBlindSpot>(&command)) {
    if (const auto where = blind_spots_.Show(*show)) SeekWhenLoaded(*where);
  } else if (std::holds_alternative<ui::AskAboutBlindSpots>(command)) {
    if (workers.project.read_only) return TellReadOnly(workers.project);
    const int finds = blind_spots_.KeepAll();
    if (finds == 0) return;
    WantQueries();
    FollowFeedback();
    // The queue is about what is on screen.
    const bool asked_here = std::ranges::any_of(
        queries_.shown().open,
        [](const agents::Query& query) { return query.reason == agents::QueryReason::kAttack; });
    const std::string count = fmt::format("{} find{}", finds, finds == 1 ? " is" : "s are");
    Notify(ui::NoticeLevel::kInfo,
           asked_here
               ? count + " at the head of the queue of queries: N asks about the next one."
               : count +
                     " in the project. N asks about what was not judged of it while an episode "
                     "of " +
                     blind_spots_.shown().result->environment + " is on screen.");
  } else {
    blind_spots_.Stop();
  }
}

void WindowController::HandleHardWorlds(const ui::InspectionCommand& command,
                                        const WorkerSnapshots& workers) {
  if (const auto* find = std::get_if<ui::FindHardWorlds>(&command)) {
    const ui::EpisodeTrack* live = episodes_.Find(workers.player.episode);
    if (live != nullptr) hard_worlds_.Find(*find, live->header().config, workers.player);
  } else if (const auto* show = std::get_if<ui::ShowHardWorld>(&command)) {
    if (const auto where = hard_worlds_.Show(*show)) SeekWhenLoaded(*where);
  } else if (std::holds_alternative<ui::KeepHardWorlds>(command)) {
    if (workers.project.read_only) return TellReadOnly(workers.project);
    const int kept = hard_worlds_.KeepAll();
    if (kept == 0) return;
    Notify(ui::NoticeLevel::kInfo,
           fmt::format("{} episode{} in the project, to be marked like all others.", kept,
                       kept == 1 ? " is" : "s are"));
  } else if (std::holds_alternative<ui::SaveHardWorlds>(command)) {
    hard_worlds_.Save(workers.project.path);
  } else {
    hard_worlds_.Stop();
  }
}

}  // namespace lookout::app
