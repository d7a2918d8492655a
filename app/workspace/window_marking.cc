// What a sitting of marking came to. Part of window_controller.h.
#include <fmt/format.h>

#include <string>
#include <utility>
#include <vector>

#include "agents/feedback/kinds/mark.h"
#include "app/workspace/labelling/coverage.h"
#include "app/workspace/window_controller.h"

namespace lookout::app {
namespace {

// Who has not marked anything for so long is doing something else.
constexpr double kLongestPause_s = 60.0;

}  // namespace

// A read-only project has no place for what a person says by taking the wheel.
void WindowController::FollowTakeOvers(const WorkerSnapshots& workers, double elapsed_s) {
  std::vector<agents::FeedbackRecord> records =
      take_overs_.Follow(episodes_, Showing(workers),
                         {.live = workers.player.episode,
                          .person_drives = workers.player.agent == ui::AgentKind::kHuman,
                          .leaving = quit_,
                          .annotator = marking_.store().annotators().present(),
                          .elapsed_s = elapsed_s});
  if (records.empty() || workers.project.read_only) return;
  for (agents::FeedbackRecord& record : records) {
    Notify(ui::NoticeLevel::kInfo, NoticeOf(InterventionOf(record).value()));
    marking_.AddRecord(std::move(record));
  }
  SendLabels();
}

// Once a frame. A mark that nobody ended ends with what was on screen: a live episode that is over
// was judged to its end.
void WindowController::FollowOpenMarks(const WorkerSnapshots& workers) {
  const ui::OpenMark* open = marking_.open_marks().empty() ? nullptr : &marking_.open_marks()[0];
  const ui::Playhead& playhead = playback_.playhead();
  if (open == nullptr || open->episode == playhead.episode) {
    marking_.Follow(Showing(workers));
    return;
  }
  const EpisodeId episode = open->episode;
  const ui::EpisodeTrack* track = episodes_.Find(episode);
  const bool is_over = playhead.live && track != nullptr && track->finished();
  const std::string words = agents::VerdictName(open->verdict);
  if (is_over) {
    marking_.Handle(ui::EndMark{ui::Moment{episode, track->steps() - 1}}, Showing(workers));
  }
  marking_.Follow(Showing(workers));
  SendLabels();
  Notify(
      ui::NoticeLevel::kInfo,
      fmt::format("The mark \"{}\" ended where episode {} {}. Press its key again to go on here.",
                  words, episode.value, is_over ? "did" : "left the screen"));
}

// Once a frame: time runs from the first edit on, while others follow.
void WindowController::FollowMarking(double elapsed_s) {
  const std::int64_t sequence = marks().marks().last_sequence();
  if (sequence != std::exchange(marked_sequence_, sequence)) since_edit_s_ = 0.0;
  since_edit_s_ += elapsed_s;
  if (sequence != marking_sequence_ && since_edit_s_ < kLongestPause_s) marking_s_ += elapsed_s;
}

// The sitting in words, empty if nothing was marked; the next one begins.
std::string WindowController::EndMarking() {
  const agents::FeedbackSet& feedback = marks().marks();
  const double coverage = CoverageOf(feedback, episodes_.summaries());
  const std::int64_t since = std::exchange(marking_sequence_, feedback.last_sequence());
  return InWords(SummariseMarking(feedback, since, marks().annotator(),
                                  std::exchange(marking_s_, 0.0), coverage));
}

}  // namespace lookout::app
