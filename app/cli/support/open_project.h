// How subcommands open a project that is named on the command line. One thread.
#pragma once

#include <memory>
#include <string>

#include "app/project/project.h"

namespace lookout::app {

// given: empty for the default one. Rejects (kBadInput) a project that does not exist, and as
// Project::Open.
Result<std::unique_ptr<Project>> OpenExistingProject(const std::string& given,
                                                     ProjectAccess access);

// The project that --record names, made if there is none; null if none is named. Rejects
// (kBadInput) a project in a folder that does not exist, and one that cannot be written.
Result<std::unique_ptr<Project>> OpenProjectToRecord(const std::string& given);

}  // namespace lookout::app
