// Runs an experiment on queries, seed by seed. Call from one thread.
#pragma once

#include <vector>

#include "app/experiments/queries/seed_result.h"
#include "app/experiments/queries/study_settings.h"
#include "app/experiments/seed_files.h"
#include "sim/base/result.h"
#include "sim/environment/camera_renderer.h"

namespace lookout::app {

// In the order of the seeds. A seed's episodes start from seeds of its own: those of the pool from
// a million plus a thousand times the seed on, the held-out ones from a million further on. Fails
// with the first error of any seed, and if it is stopped.
Result<std::vector<SeedResult>> RunStudy(const StudySettings& settings,
                                         const sim::CameraFactory& cameras, const StudyRun& run);

}  // namespace lookout::app
