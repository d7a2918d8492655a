// A person who oversees. Part of window_controller.h.
#include <string>
#include <variant>

#include "app/platform/files.h"
#include "app/workspace/window_controller.h"
#include "ui/model/annotators.h"

namespace lookout::app {

// The player records what a person decides under the name of whoever marks.
void WindowController::FollowOversight(const WorkerSnapshots& /*workers*/) {
  const bool watches = mode_ == ui::InputMode::kOversee;
  const std::string person(watches ? ui::TitleOf(marks().annotators().present()) : "");
  if (person == watched_as_) return;
  watched_as_ = person;
  links_.to_player(ui::WatchOver{watches, person});
}

void WindowController::Apply(const ui::LookAtBlocker& command) {
  blocker_.reset();
  if (command.path.empty()) return;
  blocker_ = ui::BlockerOnScreen{.file = ExpandHome(command.path).string(),
                                 .problem = "This program cannot measure blockers yet.",
                                 .rows = {}};
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
