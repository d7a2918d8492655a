// A copy of a project file to look at while somebody else writes the original, or where nothing can
// be written. Any thread.
#pragma once

#include <filesystem>

#include "app/project/files/durable_file.h"

namespace lookout::app {

// The file and its write-ahead log as of one moment, in a temporary folder. Fails if the writer
// empties its log faster than the file can be copied, or if the temporary folder is too small.
struct PrivateCopy {
  TemporaryFolder folder;
  std::filesystem::path path;
};

Result<PrivateCopy> CopyProject(const std::filesystem::path& project);

}  // namespace lookout::app
