// Runs an experiment on transfer: the answers of every place first, then cell by cell. Keeps a file
// for each, so that what is done is not done again. Call from one thread.
#pragma once

#include <vector>

#include "agents/learning/process_group.h"
#include "app/experiments/seed_files.h"
#include "app/experiments/transfer/transfer_cell.h"
#include "app/experiments/transfer/transfer_world.h"
#include "sim/base/result.h"

namespace lookout::app {

// Every source in every target, seed by seed, so that a study that is cut short has whole seeds.
std::vector<TransferKey> CellsOf(const TransferWorld& world, int seeds);
// Answers that these need, and cells.
int JobsOf(const TransferWorld& world, int seeds);

// In the order of CellsOf(). A seed's episodes start from seeds of their own, see TransferSeedsOf.
// run.progress: of JobsOf(). processes: that share the folder and the jobs; called in each of them
// with the same arguments. Rejects (kBadInput) files of other settings, before anything is done.
// Fails with the first error, and if it is stopped. Same settings and key: the same file, whatever
// the number of workers and processes and wherever it was stopped before.
Result<std::vector<TransferCell>> RunTransfer(const TransferWorld& world, const StudyRun& run,
                                              agents::ProcessGroup& processes);

}  // namespace lookout::app
