// A run that a window has trained, which is in a project and not in a folder of its own. Any
// thread.
#pragma once

#include <optional>
#include <string_view>

#include "app/goodhart/goodhart_run.h"
#include "app/project/project.h"

namespace lookout::app {

// "3" or "run 3"; nothing if it names none so.
std::optional<RunId> RunIdIn(std::string_view name);

// choice.cost_model: its file, in place of the project's version that the last iteration read.
// choice.folder is not looked at. Rejects (kBadInput) a run that the project does not have, naming
// those that it has, and as LoadGoodhartRun; fails where the project cannot be read.
Result<GoodhartRun> LoadProjectRun(const GoodhartChoice& choice, RunId id, Project& project,
                                   const sim::CameraFactory& cameras = {});

}  // namespace lookout::app
