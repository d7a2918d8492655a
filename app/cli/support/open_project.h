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

// The project that --record names, of a subcommand that knows late whether there is something to
// keep: one that is not there yet is made only then.
class ProjectToRecord {
 public:
  // given: empty: none is named. Rejects (kBadInput) as OpenProjectToRecord, and a place at which
  // none can be made.
  static Result<ProjectToRecord> Find(const std::string& given);

  bool is_named() const { return !given_.empty(); }
  // Null: none is named, or it is not made yet.
  Project* existing() const { return project_.get(); }
  // Makes it if it is not there; null if none is named.
  Result<Project*> Open();

 private:
  std::string given_;
  std::unique_ptr<Project> project_;
};

// The project that --record names, made if there is none; null if none is named. Rejects
// (kBadInput) a project in a folder that does not exist, and one that cannot be written.
Result<std::unique_ptr<Project>> OpenProjectToRecord(const std::string& given);

}  // namespace lookout::app
