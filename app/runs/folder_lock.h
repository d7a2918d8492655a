// A folder that one process works in for long: of a training run, an experiment, a loop or a
// benchmark's table. Any thread.
#pragma once

#include <filesystem>

#include "app/project/files/project_lock.h"
#include "sim/base/result.h"

namespace lookout::app {

using FolderLock = ProjectLock;

// Makes the folder, and those above it, if they are not there, and keeps other processes from
// working in it for as long as the lock lives. What a killed process leaves behind does not count.
// Rejects (kProjectInUse) a folder in which another process works, naming it, (kBadInput) what is
// no folder, and (kFailure) one that cannot be made or takes no files, so that this is known before
// hours of work are lost. Where the file system knows no locks there is none.
Result<FolderLock> LockFolder(const std::filesystem::path& folder);

}  // namespace lookout::app
