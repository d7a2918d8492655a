// Training on many machines: the processes that `mpirun` started, as a group. Main thread.
#pragma once

#include <memory>

#include "agents/learning/process_group.h"
#include "sim/base/result.h"

namespace lookout::app {

// The group that this process was started in, for the rest of the program; a group of one if
// mpirun did not start it. Rejects (kFailure) to run under mpirun if the program was built without
// MPI, because every process would then train the whole of the agent. At most one at a time.
Result<std::unique_ptr<agents::ProcessGroup>> JoinProcesses();

}  // namespace lookout::app
