// Runs an experiment on attacks, seed by seed. Call from one thread.
#pragma once

#include <vector>

#include "app/experiments/attacks/attacks_result.h"
#include "app/experiments/attacks/attacks_settings.h"
#include "app/experiments/seed_files.h"
#include "sim/base/result.h"
#include "sim/environment/camera_renderer.h"

namespace lookout::app {

// In the order of the seeds. A simulated annotator answers about clips that the queue of queries
// chooses. Then, round by round, the model is attacked around layouts that it was not attacked
// around before, the annotator judges a clip of each find, or of a moment drawn evenly in its
// place, and it is fitted anew. It is measured around the same layouts in every round, which
// nothing is learned from. Of a seed, the episodes that are asked about start from 6,000,000 plus a
// thousand times the seed, those of measuring from 7,000,000, layouts to attack around from
// 8,000,000 and to measure around from 9,000,000. Fails with the first error of any seed, and if it
// is stopped.
Result<std::vector<AttacksSeed>> RunAttacks(const AttacksSettings& settings,
                                            const sim::CameraFactory& cameras, const StudyRun& run);

}  // namespace lookout::app
