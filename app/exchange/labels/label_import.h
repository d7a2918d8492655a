// Labels from files into a project, or for a fit alone. The format is one of label_format.h. One
// thread, which owns the project.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "agents/feedback/journal/feedback_journal.h"
#include "app/exchange/labels/feedback_merge.h"
#include "app/exchange/labels/rows/label_format.h"

namespace lookout::app {

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

// Whose labels are read beside those of a file.
enum class LabelsBeside : std::uint8_t { kNothing, kProject };

struct ReadLabelsResult {
  ImportReport report;           // its plan's entries are those that the feedback ends with
  agents::FeedbackSet feedback;  // as the project's would be; empty if a row is rejected
};

// The labels of a file about the episodes of the project, of which nothing is written: those alone,
// or as an import would bring them beside the project's own. Rejects as ImportLabels, but takes a
// project that cannot be written.
Result<ReadLabelsResult> ReadLabels(Project& project, const LabelFormat& format,
                                    const ImportSettings& settings, LabelsBeside beside);

}  // namespace lookout::app
