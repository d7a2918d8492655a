// Runs the loop: train, play, audit, ask, fit, and so on. A round that has its file is not done
// again. Call from one thread.
#pragma once

#include <filesystem>
#include <functional>
#include <vector>

#include "app/experiments/loop/loop_round.h"
#include "app/experiments/loop/loop_settings.h"
#include "app/experiments/loop/train_round.h"
#include "sim/base/result.h"
#include "sim/environment/camera_renderer.h"

namespace lookout::app {

struct LoopRun {
  // Of round-0.json and the folders round-0, ..., each with the checkpoint and the policy after the
  // round's training and, where there is one, the cost model fitted afterwards.
  std::filesystem::path folder;
  StepProgress progress;                             // of training; also called beside it
  std::function<void(const LoopRound&)> round_done;  // also of those that were done before
};

// In round 0 the agent trains without a constraint, in the others by settings.training's algorithm,
// held to the learned cost; without a constraint where all answers so far were of one verdict, so
// that there is no cost model (see UnconstrainedRounds). After each it plays episodes from seeds of
// their own (see LoopSeeds): some to be measured on, some to be audited, some to be asked about,
// unless it is the last round. The queue's spans come in its own order (choose_spans.h), from this
// round's episodes alone; the cost model is fitted to the answers of all rounds. Same settings:
// same rounds, whatever the number of workers and wherever it was stopped before. Fails with the
// first error, and if it is stopped.
Result<std::vector<LoopRound>> RunLoop(const LoopSettings& settings,
                                       const sim::CameraFactory& cameras, const LoopRun& run);

}  // namespace lookout::app
