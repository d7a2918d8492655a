// Runs the experiment on selection, seed by seed. Call from one thread.
#pragma once

#include <vector>

#include "app/experiments/seed_files.h"
#include "app/experiments/selection/selection_result.h"
#include "app/experiments/selection/selection_settings.h"
#include "sim/base/result.h"
#include "sim/environment/camera_renderer.h"

namespace lookout::app {

// In the order of the seeds. A simulated annotator answers about clips of the first agent that the
// queue of queries chooses, and a cost model is fitted. Then, once for each instrument, an
// evolution makes a reflex of it (see Reflexes): a candidate's score is its return minus the price
// of the steps that the instrument calls dangerous. All candidates of a generation play the same
// episodes, each generation others; the rows share them, and their first candidates. The centre of
// the evolution is measured, by its mean action, on episodes that nothing was chosen on, always the
// same. Of a seed, the episodes that are asked about start from 6,000,000 plus a thousand times the
// seed, those of measuring from 7,000,000 plus a thousand times the seed, those of selection from
// 20,000,000 plus a hundred thousand times the seed. Rejects (kBadInput) what CheckSettings and
// Reflexes::Create reject. Fails with the first error of any seed, and if it is stopped.
Result<std::vector<SelectionSeed>> RunSelection(const SelectionSettings& settings,
                                                const sim::CameraFactory& cameras,
                                                const StudyRun& run);

}  // namespace lookout::app
