// What the commands of experiments have in common. One thread.
#pragma once

#include <CLI/CLI.hpp>
#include <filesystem>
#include <span>
#include <string>
#include <utility>

#include "app/cli/support/stop_signal.h"
#include "app/cli/support/text/progress_bar.h"
#include "app/experiments/seed_files.h"
#include "sim/base/result.h"
#include "sim/config/config.h"

namespace lookout::app {

// Options that every study has.
struct StudyCommand {
  std::string environment;
  std::string policy;                        // empty: the shipped one of the environment
  std::string algorithm = "ppo-lagrangian";  // of the shipped one
  std::string annotator = "oracle: cost";
  std::string out;
  int seeds = 10;
  int workers = 1;
  bool json = false;
};

// Adds them, with the annotator's words as the footer. `options` has to outlive the parsing.
void AddStudyOptions(CLI::App& command, StudyCommand& options);
// Those alone that do not say where it is and who plays; likewise.
void AddStudyRunOptions(CLI::App& command, StudyCommand& options);

// --out and --json, which prints an object instead of that: "the table". Both have to outlive the
// parsing.
void AddResultOptions(CLI::App& command, const char* instead_of, std::string& out, bool& json);

// What any study is of.
struct StudySubject {
  sim::EnvironmentConfig environment;
  std::string policy;  // path
};
// Rejects wrong words of the annotator (kUsage), environments and policies that cannot be read, and
// (kBadInput) an environment without a shipped policy where none is named.
Result<StudySubject> SubjectOf(const StudyCommand& command);

// "lookout experiment NAME --env ...", with all that was given except --out.
std::string StudyCommandText(const char* name, const StudyCommand& command);

// How it is run, with progress on the bar.
StudyRun RunOf(const StudyCommand& command, const StopSignal& stop, ProgressBar& bar);

// Writes the files NAME.csv and so on into the folder, and says so.
Status WriteStudyFiles(const std::filesystem::path& folder,
                       std::span<const std::pair<std::string, std::string>> files);

}  // namespace lookout::app
