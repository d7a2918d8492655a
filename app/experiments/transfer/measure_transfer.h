// One cell of an experiment on transfer: what was learned at the source is tried in the target.
// Pure functions of their arguments and of the files; any thread.
#pragma once

#include "app/experiments/keep_going.h"
#include "app/experiments/transfer/transfer_cell.h"
#include "app/experiments/transfer/transfer_world.h"
#include "sim/base/result.h"

namespace lookout::app {

// Of which the share of the safe steps may be called unsafe that the misses are told at.
inline constexpr double kTransferFalseAlarms = 0.05;

// The answers and the models at home of both places have to be there. Leaves the cost models as
// they are in the target beside them. Fails if it is stopped; what cannot be is part of the cell.
Result<TransferCell> MeasureTransfer(const TransferWorld& world, const TransferKey& key,
                                     const KeepGoing& keep_going);

}  // namespace lookout::app
