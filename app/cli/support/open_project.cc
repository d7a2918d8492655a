#include "app/cli/support/open_project.h"

#include <filesystem>
#include <utility>

#include "app/cli/support/project_folder.h"
#include "app/platform/files.h"

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

Result<ProjectToRecord> ProjectToRecord::Find(const std::string& given) {
  ProjectToRecord named;
  named.given_ = given;
  std::error_code ignored;
  if (given.empty() || std::filesystem::exists(given, ignored)) {
    auto project = OpenProjectToRecord(given);
    if (!project.ok()) return project.error();
    named.project_ = std::move(*project);
    return named;
  }
  Status can = CheckProjectFolder(given, "--record");
  if (can.ok()) can = CheckCanWrite(given);
  if (!can.ok()) return can.error();
  return named;
}

Result<Project*> ProjectToRecord::Open() {
  if (project_ == nullptr) {
    auto project = OpenProjectToRecord(given_);
    if (!project.ok()) return project.error();
    project_ = std::move(*project);
  }
  return project_.get();
}

Result<std::unique_ptr<Project>> OpenProjectToRecord(const std::string& given) {
  if (given.empty()) return std::unique_ptr<Project>();
  if (Status folder = CheckProjectFolder(given, "--record"); !folder.ok()) return folder.error();
  auto project = Project::Open(given, ProjectAccess::kReadWrite);
  if (!project.ok()) {
    return Error{"--record " + given + ": " + project.error().message, project.error().code};
  }
  if (project.ok() && (*project)->read_only()) {
    return BadInput("--record " + given + ": " + (*project)->read_only_reason());
  }
  return project;
}

}  // namespace lookout::app
