// The library's notes as settings of the project, and what is done with those that were deleted.
#pragma once

#include <string>
#include <string_view>

#include "app/project/project.h"
#include "ui/model/library.h"

namespace lookout::app {

// "library/episode/12"
std::string SettingKey(const ui::LibraryKey& key);
std::string NoteText(const ui::LibraryNote& note);

// Reads every note. What was deleted in an earlier sitting is removed from the project now, with
// its note, so that this sitting could still be undone. Notes that cannot be read are passed over.
ui::Library LoadLibrary(Project& project);

}  // namespace lookout::app
