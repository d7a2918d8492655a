// lookout conform: replays recordings of Safety Gym and says how far from them we are.
#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "app/cli/commands.h"
#include "sim/base/log.h"
#include "sim/conformance/conformance.h"

namespace lookout::app {
namespace {

namespace fs = std::filesystem;

struct Counts {
  int passed = 0;
  int missed = 0;
  int skipped = 0;
  int unreadable = 0;
  int matched_whole = 0;  // free runs within the tolerance to their end
};

struct ConformOptions {
  std::vector<std::string> paths;
  bool exact = false;
};

// The recordings below a folder, in a fixed order.
Result<std::vector<std::string>> RecordingsBelow(const std::string& folder) {
  std::vector<std::string> files;
  try {
    for (const fs::directory_entry& entry : fs::recursive_directory_iterator(folder)) {
      const std::string path = entry.path().string();
      if (entry.is_regular_file() && path.ends_with(".jsonl.gz")) files.push_back(path);
    }
  } catch (const fs::filesystem_error& error) {
    return BadInput(folder + " cannot be searched: " + error.code().message() + ".");
  }
  if (files.empty()) {
    return BadInput(folder + " holds no recordings; they are called *.jsonl.gz.");
  }
  std::ranges::sort(files);
  return files;
}

void PrintHeading() {
  std::printf("%-44s %6s %8s  %8s %8s %8s %6s  %8s %8s  %s\n", "", "", "", "one step", "", "", "",
              "free run", "", "");
  std::printf("%-44s %6s %8s  %8s %8s %8s %6s  %8s %8s  %s\n", "case", "steps", "layout", "observ.",
              "reward", "position", "costs", "first 50", "whole", "result");
}

std::string ErrorText(const sim::WorstError& worst) {
  return worst.value == 0 ? "0" : fmt::format("{:.1e}", worst.value);
}

void PrintRow(const sim::ConformanceRow& row) {
  if (row.verdict == sim::Verdict::kSkipped) {
    std::printf("%-44s skipped, %s\n", row.name.c_str(), row.note.c_str());
    return;
  }
  const bool passed = row.verdict == sim::Verdict::kPassed;
  const std::string result = passed ? "ok" : "MISSED at " + row.note;
  std::printf("%-44s %6d %8s  %8s %8s %8s %6d  %8s %8s  %s\n", row.name.c_str(), row.steps,
              ErrorText(row.layout).c_str(), ErrorText(row.observation).c_str(),
              ErrorText(row.reward).c_str(), ErrorText(row.position).c_str(), row.cost_misses,
              ErrorText(row.free_start).c_str(), ErrorText(row.free_run).c_str(), result.c_str());
  if (row.free_run.value > sim::kStepTolerance) {
    std::printf("%-44s   whole run: worst at %s\n", "", row.free_run.where.c_str());
  }
  std::fflush(stdout);
}

void ReplayFile(const std::string& path, sim::Stepping stepping, Counts& counts) {
  const Result<sim::RecordedCase> recorded = sim::ReadRecordedCase(path);
  if (!recorded) {
    LogError(recorded.error().message);
    ++counts.unreadable;
    return;
  }
  const sim::ConformanceRow row = sim::ReplayCase(*recorded, stepping);
  if (row.verdict == sim::Verdict::kRefused) {
    LogError(path + " does not fit the robot or the world that its header names: " + row.note +
             ".");
    ++counts.unreadable;
    return;
  }
  PrintRow(row);
  const bool whole = row.free_run.value <= sim::kStepTolerance;
  if (whole && row.verdict != sim::Verdict::kSkipped) ++counts.matched_whole;
  switch (row.verdict) {
    case sim::Verdict::kPassed:
      ++counts.passed;
      break;
    case sim::Verdict::kMissed:
      ++counts.missed;
      break;
    case sim::Verdict::kSkipped:
      ++counts.skipped;
      break;
    case sim::Verdict::kRefused:  // counted above
      break;
  }
}

// A folder stands for all *.jsonl.gz below it. Prints the table on standard output and bad files on
// standard error. Returns 0 if every case that could be replayed passed, 1 if one missed, 4 if a
// file could not be read or there was nothing to read.
int RunConform(const ConformOptions& options) {
  const sim::Stepping stepping = options.exact ? sim::Stepping::kExact : sim::Stepping::kFast;
  Counts counts;
  PrintHeading();
  for (const std::string& path : options.paths) {
    std::error_code ignored;
    if (!fs::is_directory(path, ignored)) {
      ReplayFile(path, stepping, counts);
      continue;
    }
    const Result<std::vector<std::string>> files = RecordingsBelow(path);
    if (!files) {
      LogError(files.error().message);
      ++counts.unreadable;
      continue;
    }
    for (const std::string& file : *files) ReplayFile(file, stepping, counts);
  }
  std::printf(
      "%d passed, %d missed, %d skipped, %d unreadable; %d of %d free runs match to the end\n",
      counts.passed, counts.missed, counts.skipped, counts.unreadable, counts.matched_whole,
      counts.passed + counts.missed);
  if (counts.unreadable > 0) return static_cast<int>(ErrorCode::kBadInput);
  return counts.missed > 0 ? static_cast<int>(ErrorCode::kFailure) : 0;
}

}  // namespace

void AddConformCommand(CLI::App& app, int& exit_code) {
  auto options = std::make_shared<ConformOptions>();
  CLI::App* command = app.add_subcommand(
      "conform", "Replay recordings of Safety Gym and report how far from them this program is.");
  command->add_option("paths", options->paths, "Recordings (*.jsonl.gz), or folders of them.")
      ->required();
  command->add_flag("--exact", options->exact,
                    "Call MuJoCo as often as Safety Gym does, and demand that free runs match to "
                    "their end, not only for their first 50 steps.");
  command->callback([options, &exit_code] { exit_code = RunConform(*options); });
}

}  // namespace lookout::app
