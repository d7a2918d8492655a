// Where the project is when nobody says where.
#include <unistd.h>

#include <cstdlib>
#include <string>

#include "app/project/project.h"
#include "sim/base/log.h"

namespace lookout::app {
namespace {

namespace fs = std::filesystem;

constexpr const char* kFileName = "study.lookout";

// The person's data folder (XDG Base Directory Specification: relative paths are ignored); empty if
// the environment does not say.
fs::path DataFolder() {
  for (const auto& [variable, below] : {std::pair{"XDG_DATA_HOME", ""}, {"HOME", ".local/share"}}) {
    const char* value = std::getenv(variable);
    if (value != nullptr && fs::path(value).is_absolute()) return fs::path(value) / below;
  }
  return {};
}

// Whether a file can be made in the folder, or the folder itself and then the file.
bool CanBeMade(fs::path folder) {
  std::error_code error;
  while (!fs::exists(folder, error) && folder.has_relative_path()) folder = folder.parent_path();
  return fs::is_directory(folder, error) && eaccess(folder.c_str(), W_OK | X_OK) == 0;
}

bool Serves(const fs::path& project) {
  std::error_code error;
  return fs::exists(project, error) || CanBeMade(project.parent_path());
}

}  // namespace

Result<fs::path> DefaultProjectPath() {
  const fs::path data = DataFolder();
  std::string cause = "Neither XDG_DATA_HOME nor HOME names a folder";
  if (!data.empty()) {
    fs::path project = data / "lookout" / kFileName;
    if (Serves(project)) return project;
    cause = "The folder " + data.string() + " cannot be written";
  }
  std::error_code error;
  for (const fs::path& folder : {fs::current_path(error), fs::temp_directory_path(error)}) {
    if (folder.empty() || !Serves(folder / kFileName)) continue;
    LogWarning(cause + "; the project is " + (folder / kFileName).string() +
               " instead. Set XDG_DATA_HOME to keep projects elsewhere.");
    return folder / kFileName;
  }
  return Error{cause +
               ", nor can the present or the temporary folder be; set XDG_DATA_HOME to a "
               "folder that can."};
}

}  // namespace lookout::app
