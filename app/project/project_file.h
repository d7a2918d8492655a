// Opening a project file in every state in which one may be found. One owner, one thread.
#pragma once

#include <filesystem>
#include <string>

#include "app/project/files/private_copy.h"
#include "app/project/files/project_lock.h"
#include "app/project/project.h"
#include "app/project/schema.h"
#include "app/project/sqlite.h"

namespace lookout::app {

// Members die from the last to the first: the database closes while the lock is still held.
struct ProjectFile {
  std::filesystem::path path;
  std::string read_only_reason;     // empty: writable
  ProjectLock lock;                 // of a writable project
  TemporaryFolder copy;             // what a read-only one is read from
  std::filesystem::path kept_copy;  // of an older schema, before it was brought up to date
  Database database;
};

// The contract of Project::Open, for any schema.
Result<ProjectFile> OpenProjectFile(const std::filesystem::path& path, ProjectAccess access,
                                    const Schema& schema);

}  // namespace lookout::app
