// What a window controller does about other futures of a recorded moment: going on from it, and
// correcting what was done there. Part of window_controller.h.
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "app/workspace/window_controller.h"
#include "sim/recording/acting.h"
#include "ui/model/episode_past.h"

namespace lookout::app {

// None, and told why, if nothing can go on from there. what: "continued".
std::optional<ui::BranchFrom> WindowController::BranchAt(const ui::Moment& at, const char* what) {
  const ui::EpisodeTrack* track = episodes_.Find(at.episode);
  if (track == nullptr || at.step < 0 || at.step >= track->steps()) return std::nullopt;
  const sim::StepRecord& record = track->step(at.step);
  if (!record.state) {
    Notify(ui::NoticeLevel::kInfo,
           std::string("It cannot be ") + what + ": " + sim::WhyNoState(track->header()) + ".");
    return std::nullopt;
  }
  if (sim::IsDone(record.status)) {
    Notify(ui::NoticeLevel::kInfo,
           "The episode ends here, so there is nothing to continue. Scrub back a little first.");
    return std::nullopt;
  }
  return ui::BranchFrom{track->scene().header, at.step,
                        std::make_shared<const sim::StepRecord>(record),
                        ui::PastOf(episodes_, at.episode, at.step)};
}

void WindowController::Apply(const ui::ContinueFrom& command) {
  auto branch = BranchAt({command.episode, command.step}, "continued");
  if (!branch) return;
  links_.to_player(*std::move(branch));
  links_.to_player(ui::SetPlaying{true});
  playback_.GoLive();
}

void WindowController::Apply(const ui::CorrectHere& command, const WorkerSnapshots& workers) {
  if (workers.project.read_only) return TellReadOnly(workers.project);
  auto branch = BranchAt(command.at, "corrected");
  if (!branch) return;
  OnScreen on_screen = Showing(workers);
  on_screen.playing = false;
  ui::TryDrive futures{.from = *std::move(branch), .drive = command.drive};
  correcting_ = {.correction = {.episode = command.at.episode,
                                .step = command.at.step,
                                .agents = {},
                                .persons = {},
                                .forward = command.drive.forward,
                                .turn = command.drive.turn,
                                .held_steps = futures.held_steps,
                                .note = {}},
                 .on_screen = ProvenanceOf(on_screen),
                 .time_spent_ms = command.time_spent_ms};
  links_.to_player(std::move(futures));
}

// episodes: the person's future and the agent's.
void WindowController::SaveCorrection(const std::vector<EpisodeId>& episodes) {
  if (!correcting_) return;
  Correcting correcting = *std::exchange(correcting_, std::nullopt);
  agents::Correction& correction = correcting.correction;
  // Step 0 is the moment that both begin at.
  const auto future = [&](EpisodeId id) {
    const ui::EpisodeTrack* track = episodes_.Find(id);
    const bool is_one = track != nullptr && track->steps() > 1 &&
                        track->header().branched_from == correction.episode &&
                        track->header().branched_at == correction.step;
    return is_one ? agents::Segment{id, 1, track->steps() - 1} : agents::Segment{};
  };
  correction.persons = future(episodes[0]);
  correction.agents = future(episodes[1]);
  if (!correction.persons.episode || !correction.agents.episode) return;
  agents::FeedbackRecord record;
  SetContent(correction, record);
  record.on_screen = std::move(correcting.on_screen);
  record.time_spent_ms = correcting.time_spent_ms;
  std::string words = agents::InWords(correction);
  words.front() = 'C';
  Notify(ui::NoticeLevel::kInfo,
         words + ". Your future counts as the safer one; Ctrl+Z takes it back.");
  marking_.AddRecord(std::move(record));
  SendLabels();
}

}  // namespace lookout::app
