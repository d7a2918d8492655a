// What a window controller does about undo, the library and recording. Part of window_controller.h.
#include <fmt/format.h>

#include <utility>

#include "app/workspace/files/library_file.h"
#include "app/workspace/window_controller.h"

namespace lookout::app {

void WindowController::Apply(const ui::NoteInLibrary& command) {
  if (library_.Edit(command.key, command.note, marking_.store().marks().last_sequence())) {
    SaveNote(command.key);
    if (!command.note.deleted) return;
    const char* what = command.key.kind == ui::LibraryKind::kEpisode ? "Episode" : "Run";
    Notify(ui::NoticeLevel::kInfo, std::string(what) + " " +
                                       (command.key.id > 0 ? fmt::format("{} ", command.key.id)
                                                           : std::string("of the folder ")) +
                                       "is deleted. Undo brings it back, until the project is "
                                       "closed.");
  }
}

void WindowController::SaveNote(const ui::LibraryKey& key) {
  links_.to_project_writer(SaveSetting{SettingKey(key), NoteText(library_.Of(key))});
}

// True if an undo or redo was one of the library's, whose edits are taken back in their order with
// those of marks.
bool WindowController::HandleLibrary(const ui::MarkCommand& command) {
  const ui::MarkStore& marks = marking_.store();
  const std::int64_t last = marks.marks().last_sequence();
  std::optional<ui::LibraryKey> changed;
  if (std::holds_alternative<ui::Undo>(command)) {
    changed = library_.Undo(marks.NextUndo(), last);
  } else if (std::holds_alternative<ui::Redo>(command)) {
    changed = library_.Redo(marks.NextRedo(), last);
  }
  if (!changed) return false;
  SaveNote(*changed);
  return true;
}

void WindowController::Apply(const ui::SetRecording& command) {
  recording_ = command.recording;
  links_.set_recording(recording_);
  links_.to_project_writer(SaveSetting{"recording", recording_ ? "1" : "0"});
  if (!recording_) {
    Notify(ui::NoticeLevel::kInfo,
           "Episodes that begin from now on are not written to the project, unless something in "
           "them is marked.");
  }
}

}  // namespace lookout::app
