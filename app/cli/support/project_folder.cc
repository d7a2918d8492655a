#include "app/cli/support/project_folder.h"

#include <filesystem>

namespace lookout::app {

Status CheckProjectFolder(const std::string& project, const std::string& option) {
  const std::filesystem::path folder = std::filesystem::path(project).parent_path();
  std::error_code ignored;
  if (folder.empty() || std::filesystem::exists(folder, ignored)) return {};
  return BadInput(option + ": there is no folder " + folder.string() +
                  "; mend the path, or create the folder first.");
}

}  // namespace lookout::app
