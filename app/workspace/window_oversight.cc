// A person who oversees. Part of window_controller.h.
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "app/overseers/overseer_spec.h"
#include "app/platform/files.h"
#include "app/workspace/window_controller.h"
#include "ui/model/annotators.h"

namespace lookout::app {

// The player records what a person decides and drives under the name of whoever marks.
void WindowController::FollowOversight(const WorkerSnapshots& /*workers*/) {
  const bool watches = mode_ == ui::InputMode::kOversee;
  const std::string_view person = ui::TitleOf(marks().annotators().present());
  if (watches == watched_ && person == watched_as_) return;
  watched_ = watches;
  watched_as_ = person;
  links_.to_player(ui::WatchOver{watches, watched_as_});
}

void WindowController::Apply(const ui::LookAtBlocker& command) {
  blocker_.reset();
  if (command.path.empty()) return;
  BlockerRequest request{.file = ExpandHome(command.path), .episodes = {}};
  for (const ui::EpisodeSummary& row : episodes_.summaries()) {
    const ui::EpisodeTrack* track = episodes_.Find(row.id);
    const std::uint64_t hash =
        track != nullptr ? track->scene().spec.signature().hash() : row.observation_hash;
    if (const auto handle = HandleOf(episodes_, row.id))
      request.episodes.push_back({*handle, hash});
  }
  blocker_ = ui::BlockerOnScreen{.file = request.file.string(), .measuring = true};
  links_.measure_blocker(std::move(request));
}

// Before somebody wonders why it takes so long. environment: empty: that of the live episode.
void WindowController::TellSlowOverseers(const std::string& spec, const WorkerSnapshots& workers,
                                         const std::string& environment) {
  const ui::EpisodeTrack* live = episodes_.Find(workers.player.episode);
  const bool is_live =
      live != nullptr && (environment.empty() || live->header().config.id == environment);
  const auto known = sim::ConfigForId(environment);
  if (!is_live && !known) return;
  std::string slow = SlowOverseers(spec, is_live ? live->header().config : *known);
  if (!slow.empty()) Notify(ui::NoticeLevel::kInfo, std::move(slow));
}

// Unless another one is looked at by now.
void WindowController::OnBlocker(ui::BlockerOnScreen measured) {
  if (blocker_ && blocker_->file == measured.file) blocker_ = std::move(measured);
}

// The past is not to be overseen: its keys do nothing there but for being let go.
bool WindowController::HandledByOversight(const ui::PlayerCommand& command) const {
  if (playback_.playhead().live) return false;
  const auto* block = std::get_if<ui::HoldBlock>(&command);
  const auto* pass = std::get_if<ui::LetPass>(&command);
  const auto* wheel = std::get_if<ui::TakeWheel>(&command);
  return (block != nullptr && block->held) || (pass != nullptr && pass->held) ||
         (wheel != nullptr && wheel->held);
}

}  // namespace lookout::app
