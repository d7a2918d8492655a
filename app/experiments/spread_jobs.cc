#include "app/experiments/spread_jobs.h"

#include <algorithm>
#include <atomic>
#include <optional>

#include "agents/learning/worker_pool.h"

namespace lookout::app {

Status SpreadJobs(const JobSpread& spread,
                  const std::function<Status(int job, const KeepGoing& keep_going)>& do_job) {
  if (spread.jobs == 0) return {};
  std::atomic<bool> stop = false;
  std::atomic<int> done = 0;
  std::optional<Error> failure;  // written by the one job that is the first to stop the others
  agents::WorkerPool pool(std::clamp(spread.workers, 1, spread.jobs));
  pool.ForEach(spread.jobs, [&](int job, int worker) {
    const KeepGoing keep_going = [&, worker] {
      if (worker == 0 && spread.progress && !spread.progress(done)) stop = true;
      return !stop.load(std::memory_order_relaxed);
    };
    if (!keep_going()) return;
    const Status status = do_job(job, keep_going);
    if (!status.ok() && !stop.exchange(true)) failure = status.error();
    ++done;
  });
  if (failure) return *failure;
  if (stop) return ExperimentStopped();
  return {};
}

Status SpreadJobsTogether(
    const JobSpread& spread, agents::ProcessGroup& processes,
    const std::function<Status(int job, const KeepGoing& keep_going)>& do_job) {
  const Status status = SpreadJobs(spread, [&](int job, const KeepGoing& keep_going) -> Status {
    if (job % processes.size() != processes.rank()) return {};
    return do_job(job, keep_going);
  });
  return AgreeOn(status, processes);
}

Status AgreeOn(const Status& status, agents::ProcessGroup& processes) {
  const bool all = processes.AllAgree(status.ok());
  if (!status || all) return status;
  return Error{"Another process failed; it says why."};
}

}  // namespace lookout::app
