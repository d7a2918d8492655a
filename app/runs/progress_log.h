// progress.txt of a run: one tab-separated row per iteration under the column names of the 2019
// agents, so that their plotting scripts read it. Any thread.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "agents/rl/training.h"

namespace lookout::app {

// The header line and the line of an iteration, both with their newline. seconds: wall time since
// the start of the run.
std::string ProgressHeader();
std::string ProgressRow(const agents::IterationReport& report, double seconds);

// Columns by name, all of the same length; what is missing or "nan" is NaN.
struct ProgressTable {
  std::map<std::string, std::vector<double>, std::less<>> columns;
  std::size_t rows = 0;

  // The column, or an empty one.
  const std::vector<double>& operator[](std::string_view name) const;
};

// Refuses (kBadInput) a text without a header or with a row of another length, with the line.
Result<ProgressTable> ParseProgress(std::string_view text, std::string_view what);

// The lines of `text` up to and including the given epoch, for going on from a checkpoint.
std::string KeepEpochs(std::string_view text, int last_epoch);

}  // namespace lookout::app
