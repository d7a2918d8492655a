// The jobs of an experiment, several at a time. Call from one thread.
#pragma once

#include <functional>

#include "agents/learning/process_group.h"
#include "app/experiments/keep_going.h"
#include "sim/base/result.h"

namespace lookout::app {

struct JobSpread {
  int jobs = 0;
  int workers = 1;  // jobs at a time, >= 1
  // Called now and then on the calling thread, with how many jobs are done; false: stop.
  std::function<bool(int done)> progress;
};

// Calls do_job(i, keep_going) once for each i in [0, jobs), on the calling thread and others. A job
// writes only what is its own, and ends soon, with an error, once it must not keep going. Fails
// with the first error of any job, which stops the others, and if it is stopped.
Status SpreadJobs(const JobSpread& spread,
                  const std::function<Status(int job, const KeepGoing& keep_going)>& do_job);

// The same in several processes, each of which does its share and waits for the others; called in
// all of them alike. progress: of all jobs, those of others counted as done.
Status SpreadJobsTogether(
    const JobSpread& spread, agents::ProcessGroup& processes,
    const std::function<Status(int job, const KeepGoing& keep_going)>& do_job);

// The status of this process, or that another one failed. Waits for all of them.
Status AgreeOn(const Status& status, agents::ProcessGroup& processes);

}  // namespace lookout::app
