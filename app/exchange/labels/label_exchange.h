// Labels of a project out to files and in again, and of two projects into one. The format is one of
// label_format.h. One thread, which owns the project.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "app/exchange/labels/feedback_merge.h"
#include "app/exchange/labels/rows/label_format.h"

namespace lookout::app {

struct ExportReport {
  std::int64_t spans = 0;
  std::int64_t pairs = 0;
  std::int64_t notes = 0;  // and records of newer versions
  std::int64_t annotators = 0;
  std::string left_out;  // what the format has no place for, in words; empty: nothing
};

struct ExportSettings {
  std::filesystem::path out;
  std::string annotator;    // whose records alone; empty: everybody's
  std::string environment;  // whose episodes alone; empty: all
};

// Rejects (kBadInput) an annotator who said nothing, an environment without episodes, a file that
// is there already, and what the format cannot hold.
Result<ExportReport> ExportLabels(Project& project, const LabelFormat& format,
                                  const ExportSettings& settings);

struct ImportReport {
  std::int64_t rows = 0;
  std::int64_t skipped = 0;           // that are no labels
  std::int64_t rejected_count = 0;    // if there are any, nothing was written
  std::vector<RejectedRow> rejected;  // the first LabelRows::kMostListed
  MergePlan plan;                     // what was appended
};

struct ImportSettings {
  std::filesystem::path file;  // a folder, if the format has a file for each episode
  std::string annotator;       // whose marks they are where a row does not say
  std::int64_t now_unix_ms = 0;
};

// All rows or none. Rejects (kBadInput) a file that cannot be read and a project that cannot be
// written; rows that cannot be taken are in the report.
Result<ImportReport> ImportLabels(Project& project, const LabelFormat& format,
                                  const ImportSettings& settings);

struct MergeFiles {
  std::filesystem::path first;   // only read
  std::filesystem::path second;  // likewise
  std::filesystem::path out;     // a copy of the first with the feedback of the second
};

// As PlanMerge. Rejects (kBadInput) a second project with feedback about an episode that the first
// does not have, or has another recording of, naming it; and an `out` that is there already.
Result<MergePlan> MergeProjects(const MergeFiles& files);

}  // namespace lookout::app
