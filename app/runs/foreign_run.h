// Runs that another program trained, for comparison: the 2019 agents, OmniSafe, SafePO. Any thread.
#pragma once

#include <filesystem>

#include "app/runs/run_folder.h"

namespace lookout::app {

// A folder of `lookout train` as LoadRunFolder reads it, or one with another program's progress.txt
// or progress.csv. Of that, steps, return, cost and cost rate are taken by the columns' names and
// called as in ours, where a gap is NaN; what its config.json says of environment, agent, seed and
// limit is used where it can be understood. Rejects (kBadInput) folders with neither, logs without
// steps or return, and damaged ones.
Result<LoadedRun> LoadAnyRunFolder(const std::filesystem::path& folder);

}  // namespace lookout::app
