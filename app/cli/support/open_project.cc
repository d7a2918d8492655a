#include "app/cli/support/open_project.h"

#include <filesystem>
#include <utility>

namespace lookout::app {

Result<std::unique_ptr<Project>> OpenExistingProject(const std::string& given,
                                                     ProjectAccess access) {
  std::filesystem::path path = given;
  if (given.empty()) {
    Result<std::filesystem::path> usual = DefaultProjectPath();
    if (!usual) return usual.error();
    path = std::move(usual).value();
  }
  std::error_code ignored;
  if (!std::filesystem::exists(path, ignored)) {
    return BadInput("There is no project " + path.string() +
                    "; mend the path, or name another file.");
  }
  return Project::Open(path, access);
}

}  // namespace lookout::app
