// Runs an experiment on overseers, agent by agent. Keeps a file for each, so that what is done is
// not done again. Call from one thread.
#pragma once

#include <filesystem>
#include <functional>
#include <vector>

#include "agents/learning/process_group.h"
#include "app/experiments/overseers/overseers_cell.h"
#include "app/experiments/overseers/overseers_settings.h"
#include "sim/base/result.h"
#include "sim/environment/camera_renderer.h"

namespace lookout::app {

struct OverseersRun {
  std::filesystem::path folder;
  int workers = 1;  // agents at a time; changes nothing in the results
  // Called now and then on the calling thread, with how many of CellsOf() are done; false: stop.
  std::function<bool(int done)> progress;
};

// The agents of a plan, seed by seed, so that a study that is cut short has whole seeds.
std::vector<OverseersKey> CellsOf(const OverseersPlan& plan);

// In the order of CellsOf(). processes: that share the folder and the agents; called in each of
// them with the same arguments. Rejects (kBadInput) files of other settings, before anything is
// done, and a person who would watch all of the training. Fails with the first error, and if it is
// stopped. Same settings and key: the same file, whatever the number of workers and processes and
// wherever it was stopped before.
Result<std::vector<OverseersCell>> RunOverseers(const OverseersSettings& settings,
                                                const OverseersPlan& plan,
                                                const sim::CameraFactory& cameras,
                                                const OverseersRun& run,
                                                agents::ProcessGroup& processes);

}  // namespace lookout::app
