// Runs an experiment on memory, agent by agent. Keeps a file for each, so that what is done is not
// done again. Call from one thread.
#pragma once

#include <filesystem>
#include <functional>
#include <vector>

#include "agents/learning/process_group.h"
#include "app/experiments/memory/memory_cell.h"
#include "app/experiments/memory/memory_settings.h"
#include "sim/base/result.h"
#include "sim/environment/camera_renderer.h"

namespace lookout::app {

struct MemoryRun {
  std::filesystem::path folder;
  int workers = 1;  // agents at a time; changes nothing but the times
  // Called now and then on the calling thread, with how many of CellsOf() are done; false: stop.
  std::function<bool(int done)> progress;
};

// In the order of CellsOf(). processes: that share the folder and the agents; called in each of
// them with the same arguments. Every agent's policy is left in the folder, too. Rejects
// (kBadInput) files of other settings, before anything is done. Fails with the first error, and if
// it is stopped. Same settings and key: the same file but for the times, whatever the number of
// workers and processes and wherever it was stopped before.
Result<std::vector<MemoryCell>> RunMemory(const MemorySettings& settings, const MemoryPlan& plan,
                                          const sim::CameraFactory& cameras, const MemoryRun& run,
                                          agents::ProcessGroup& processes);

}  // namespace lookout::app
