// The seeds of the experiment on unblocked ways. Call from one thread.
#pragma once

#include <vector>

#include "app/experiments/seed_files.h"
#include "app/experiments/unblocked/unblocked_result.h"
#include "app/experiments/unblocked/unblocked_settings.h"
#include "sim/base/result.h"
#include "sim/environment/camera_renderer.h"

namespace lookout::app {

// In round 0 an agent is trained without a cost, and an annotator judges clips of it that a queue
// asks about. In each further round it is trained on by settings.training's algorithm, held to the
// cost that was learned so far; what it does that it never did after a round before is found
// (agents::FindUnblocked), and the annotator judges the clips of these ways. A seed ends where
// nothing new is dangerous. Its agents are in the folders seed-0/round-0, ... Rejects (kBadInput)
// an annotator who goes by more than costs. Fails with the first error, and if it is stopped.
Result<std::vector<UnblockedSeed>> RunUnblocked(const UnblockedStudySettings& settings,
                                                const sim::CameraFactory& cameras,
                                                const StudyRun& run);

}  // namespace lookout::app
