// What --project, or another option that names a project, may be. Main thread.
#pragma once

#include <string>

#include "sim/base/result.h"

namespace lookout::app {

// A new project may be made, but not the folders above it: those would hide a slip in the path.
// Rejects (kBadInput) a project in a folder that does not exist; empty is the default project.
Status CheckProjectFolder(const std::string& project, const std::string& option = "--project");

}  // namespace lookout::app
