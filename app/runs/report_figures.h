// The figures of an iteration, and the name that each log gives them. One table, from which the
// progress file, the event files and the lines of `lookout train --json` are all made. Any thread.
#pragma once

#include <span>

#include "agents/rl/runs/training.h"

namespace lookout::app {

// An iteration as it is logged.
struct LoggedIteration {
  agents::IterationReport report;
  double run_seconds = 0.0;  // wall time since the start of the run
  int new_steps = 0;         // of this iteration
};

// A null name: not in that log.
struct ReportFigure {
  const char* key;     // of a JSON object
  const char* column;  // of progress.txt: what the 2019 agents call it, if they have it
  const char* tag;     // of an event file: what OmniSafe calls it, if it has it
  double (*value)(const LoggedIteration&);
};

// In the order of the columns.
std::span<const ReportFigure> ReportFigures();

}  // namespace lookout::app
