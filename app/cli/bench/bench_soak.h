// lookout bench soak: whether the window's memory stays bounded while it watches at high speed and
// an agent trains. Main thread.
#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

namespace lookout::app {

// The program's memory at one moment of the soak.
struct MemorySample {
  double seconds = 0.0;      // since its start
  double resident_mb = 0.0;  // of the whole process, 2^20 bytes each
};

// Samples over a shorter time say nothing of growth: one episode or iteration more would be a
// slope.
inline constexpr double kLeastGrowthSeconds = 120.0;

// The line of least squares through the samples from `warm_up_s` on, as growth in MB an hour. NaN
// if they are fewer than two, or span less than kLeastGrowthSeconds.
double GrowthMbPerHour(const std::vector<MemorySample>& samples, double warm_up_s);

// "after the first 4.0 minutes +1.2 MB an hour", or that the rest was too short to say.
std::string GrowthText(const std::vector<MemorySample>& samples, double warm_up_s);

// Adds the subcommand to `bench`.
void AddBenchSoakCommand(CLI::App& bench, int& exit_code);

}  // namespace lookout::app
