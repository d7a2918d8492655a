// lookout bench env: how fast environments are, beside MuJoCo alone doing the same physics. The
// caller's thread, and the workers that it starts.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "sim/base/result.h"

namespace lookout::app {

struct EnvBenchOptions {
  std::vector<std::string> environments;  // ids; empty: every level of the benchmark suite
  int workers = 1;
  double seconds = 1.0;  // at least, of each side
  bool quick = false;    // a few steps of everything, for the tests; the speeds mean nothing
};

struct EnvBenchRow {
  std::string id;
  // Steps per second of processor time. plain: frameskip mj_step and one mj_forward; full: with
  // observation, reward, costs and the resets that fall due.
  double plain_steps_per_s = 0.0;
  double full_steps_per_s = 0.0;
  double ratio() const { return full_steps_per_s / plain_steps_per_s; }
  // Of states along the first steps, however long the measurement took.
  std::uint64_t plain_hash = 0;
  std::uint64_t full_hash = 0;
};

struct WorkersRow {
  std::string id;
  double one_steps_per_s = 0.0;   // of one thread, by the wall clock
  double many_steps_per_s = 0.0;  // of all threads together
  bool same_states = false;       // the first thread's run is the same either way
};

// The 27 levels of the suite, in its order.
std::vector<std::string> BenchmarkIds();

// Alternates short slices of both sides, so that a drifting clock slows both.
Result<EnvBenchRow> MeasureEnvironment(const std::string& id, const EnvBenchOptions& options);

// One thread against options.workers threads with an environment each.
Result<WorkersRow> MeasureWorkers(const std::string& id, const EnvBenchOptions& options);

// Prints the table. Returns the exit code.
int RunEnvBench(const EnvBenchOptions& options);

}  // namespace lookout::app
