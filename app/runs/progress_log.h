// progress.txt of a run: one tab-separated row per iteration under the column names of the 2019
// agents, so that their plotting scripts read it. Any thread.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/runs/report_figures.h"

namespace lookout::app {

// The header line and the line of an iteration, both with their newline.
std::string ProgressHeader();
std::string ProgressRow(const LoggedIteration& iteration);

// The iteration as one JSON object on one line, without newline; what is not a number is null.
// planned_steps: when the run is done, in whole iterations.
std::string JsonRow(const LoggedIteration& iteration, std::int64_t planned_steps);

// Columns by name, all of the same length; a gap ("nan") is NaN.
struct ProgressTable {
  std::map<std::string, std::vector<double>, std::less<>> columns;
  std::size_t rows = 0;

  // The column, or an empty one.
  const std::vector<double>& operator[](std::string_view name) const;
};

// A last line without its newline is one that was being written when the program was killed; it is
// passed over. Rejects (kBadInput) a text without a header, with a column twice, with a row of
// another length or with a field that is no number: line, expected and found.
Result<ProgressTable> ParseProgress(std::string_view text, std::string_view what);

// The same of another program's log, with tabs or commas: only the columns that name steps, return,
// cost and cost rate are read, and called as in ours. An empty field is a gap, too. Rejects
// (kBadInput) logs without steps or return, naming the columns, and damaged rows.
Result<ProgressTable> ParseForeignProgress(std::string_view text, std::string_view what);

// Rejects (kBadInput) a log whose iterations do not rise from row to row: two processes wrote it.
Status CheckEpochs(const ProgressTable& table, std::string_view what);

// The complete lines of `text` up to and including the given epoch, for going on from a checkpoint.
std::string KeepEpochs(std::string_view text, int last_epoch);

// Complete lines that ParseProgress takes, under the columns that this program writes: "nan" where
// an older one had no such column. Nothing if they have a column that this program does not write.
std::optional<std::string> InPresentColumns(std::string_view text);

}  // namespace lookout::app
