// lookout bench soak: whether the window's memory stays bounded while it watches at high speed and
// an agent trains. Main thread.
#pragma once

#include <CLI/CLI.hpp>
#include <vector>

namespace lookout::app {

// The program's memory at one moment of the soak.
struct MemorySample {
  double seconds = 0.0;      // since its start
  double resident_mb = 0.0;  // of the whole process, 2^20 bytes each
};

// The line of least squares through the samples from `warm_up_s` on, as growth in MB an hour. NaN
// for fewer than two of them.
double GrowthMbPerHour(const std::vector<MemorySample>& samples, double warm_up_s);

// Adds the subcommand to `bench`.
void AddBenchSoakCommand(CLI::App& bench, int& exit_code);

}  // namespace lookout::app
