// lookout bench soak: whether the window's memory stays bounded while it watches at high speed and
// an agent trains. Main thread.
#pragma once

#include <CLI/CLI.hpp>
#include <optional>
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

// How the memory goes on after a warm-up: the line of least squares through its samples.
struct MemoryGrowth {
  double mb_per_hour = 0.0;
  // Of that, one standard error, of samples that scatter by themselves, each apart from the others.
  double uncertainty_mb_per_hour = 0.0;
  double scatter_mb = 0.0;  // standard deviation of the samples round the line
};

// From `warm_up_s` on. Nothing if the samples are fewer than three, or span less than
// kLeastGrowthSeconds.
std::optional<MemoryGrowth> GrowthOf(const std::vector<MemorySample>& samples, double warm_up_s);

// "after the first 4.0 minutes +1.2 +- 0.3 MB an hour (scatter 0.4 MB)", or that the rest was too
// short to say.
std::string GrowthText(const std::vector<MemorySample>& samples, double warm_up_s);

// Adds the subcommand to `bench`.
void AddBenchSoakCommand(CLI::App& bench, int& exit_code);

}  // namespace lookout::app
