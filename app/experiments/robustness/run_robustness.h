// Runs an experiment on robustness, seed by seed. Call from one thread.
#pragma once

#include <vector>

#include "app/experiments/robustness/robustness_result.h"
#include "app/experiments/robustness/robustness_settings.h"
#include "app/experiments/seed_files.h"
#include "sim/base/result.h"
#include "sim/environment/camera_renderer.h"

namespace lookout::app {

// In the order of the seeds. A simulated annotator answers about clips that the queue of queries
// chooses; at each size all arms are fitted to the same labels. A seed's episodes start from seeds
// of its own: those that are asked about and taught from from 3,000,000 plus a thousand times the
// seed on, those of selection a million further on, those of evaluation two million. Fails with the
// first error of any seed, also where an annotator gave verdicts of one kind alone, and if it is
// stopped.
Result<std::vector<RobustnessSeed>> RunRobustness(const RobustnessSettings& settings,
                                                  const sim::CameraFactory& cameras,
                                                  const StudyRun& run);

}  // namespace lookout::app
