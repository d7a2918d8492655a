// One seed of the experiment: train, play, find what is new, have it judged, fit, and again. One
// owner, one thread.
#pragma once

#include <cstdint>
#include <filesystem>

#include "agents/feedback/annotators/annotator_spec.h"
#include "app/experiments/keep_going.h"
#include "app/experiments/unblocked/unblocked_result.h"
#include "sim/base/result.h"
#include "sim/environment/camera_renderer.h"

namespace lookout::app {

// Leaves policy.lookout and, from round 1 on, the cost_model.lookout that the round was trained on
// in folders round-0, round-1, ... of that folder. The same for the same settings and seed. Fails
// if it is stopped, or any part of it fails.
Result<UnblockedSeed> RunUnblockedSeed(const UnblockedStudySettings& settings,
                                       const agents::AnnotatorSpec& annotator,
                                       const sim::CameraFactory& cameras, std::uint32_t seed,
                                       const std::filesystem::path& folder,
                                       const KeepGoing& keep_going);

}  // namespace lookout::app
