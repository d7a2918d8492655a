// The run that a subcommand is told of: a folder, or a run of a project. One thread.
#pragma once

#include "app/goodhart/goodhart_run.h"
#include "app/project/project.h"

namespace lookout::app {

// choice.folder: the run's own folder; with a project (not null) also a folder beside its file, the
// number of one of its runs ("3", "run 3"), or the name that a person gave one. A folder that is
// there comes first. Rejects (kBadInput) what is none of these, naming all that was looked for, and
// as LoadGoodhartRun and LoadProjectRun.
Result<GoodhartRun> LoadNamedRun(const GoodhartChoice& choice, Project* project,
                                 const sim::CameraFactory& cameras);

}  // namespace lookout::app
