// A training run that `lookout train` starts or goes on with, and the folder it is kept in. Main
// thread.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "agents/inspect/goodhart/parting.h"
#include "agents/learning/process_group.h"
#include "agents/rl/runs/training.h"
#include "agents/rl/settings/limit_floor.h"
#include "app/cli/training/train_options.h"
#include "app/runs/run_folder.h"

namespace lookout::app {

// A run, ready to iterate, and where it is kept.
struct PreparedRun {
  RunFolder folder;
  std::unique_ptr<agents::TrainingRun> run;
  double seconds_before = 0.0;  // of earlier programs that worked on it
  std::int64_t steps_before = 0;
  std::vector<agents::CostPoint> costs_before = {};
  std::optional<agents::LimitFloor> floor;  // of a run that is held to a learned cost
};

// A new run, or the one that options.resume names. Of several processes only the first writes to
// the folder. A new one that is held to a learned cost has its limit compared with what a safe
// script costs (CheckLimit), unless options.anyway. Rejects options that make no sense (kUsage),
// files and folders that cannot be used (kBadInput); then nothing is written.
Result<PreparedRun> PrepareRun(const TrainOptions& options, agents::ProcessGroup& processes);

}  // namespace lookout::app
