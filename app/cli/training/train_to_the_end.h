// Iterates a training run that is kept in a folder. Main thread, or one thread for each run.
#pragma once

#include "agents/learning/process_group.h"
#include "app/cli/support/stop_signal.h"
#include "app/cli/training/prepared_run.h"
#include "app/cli/training/train_display.h"

namespace lookout::app {

// Iterates until finished, stopped or failed; the folder is up to date when it returns. Says which
// signal stopped it, 0 if it was finished.
Result<int> TrainToTheEnd(PreparedRun& prepared, TrainOutput output,
                          agents::ProcessGroup& processes, const StopSignal& stop);

}  // namespace lookout::app
