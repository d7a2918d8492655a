// What the trainer says, in order: a run starts, iterations finish, checkpoints are made. Values.
#pragma once

#include <string>
#include <variant>

#include "agents/rl/runs/training.h"
#include "app/project/project.h"
#include "sim/base/ids.h"

namespace lookout::app {

// A new run, or one that goes on for more steps than it was meant to have.
struct RunStarted {
  StoredRun run;  // history is empty
};
struct IterationDone {
  RunId run;
  agents::IterationReport report;
};
struct CheckpointMade {
  RunId run;
  std::string bytes;
};
struct PolicyMade {
  RunId run;
  int iteration = 0;
  std::string bytes;
};  // now and then, to be watched later
using TrainerEvent = std::variant<RunStarted, IterationDone, CheckpointMade, PolicyMade>;

}  // namespace lookout::app
