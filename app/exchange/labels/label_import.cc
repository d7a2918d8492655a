#include "app/exchange/labels/label_import.h"

#include <fmt/format.h>

#include <algorithm>
#include <system_error>
#include <utility>

#include "app/exchange/labels/rows/label_rows.h"
#include "app/platform/files.h"

namespace lookout::app {
namespace {

namespace fs = std::filesystem;
using agents::FeedbackSet;

constexpr std::size_t kMostLabelBytes = std::size_t{1} << 30;

Status ReadFile(const fs::path& file, const LabelFormat& format, LabelRows& rows) {
  const Result<std::string> text = ReadWholeFile(file, kMostLabelBytes);
  if (!text) return text.error();
  format.read(*text, file.filename().string(), rows);
  return {};
}

Status ReadFolder(const fs::path& folder, const LabelFormat& format, LabelRows& rows) {
  std::error_code error;
  std::vector<fs::path> files;
  for (fs::directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
    if (at->path().extension() == format.extension) files.push_back(at->path());
  }
  if (error) return Error{"Cannot read " + folder.string() + ": " + error.message() + "."};
  if (files.empty()) {
    return BadInput(fmt::format("There is no {} file in {}; choose another folder.",
                                format.extension, folder.string()));
  }
  std::ranges::sort(files);
  for (const fs::path& file : files) {
    rows.SetFile(file.filename().string() + ", ");
    if (Status read = ReadFile(file, format, rows); !read) return read;
  }
  return {};
}

// What the file would add to `ours`; nothing, if a row is rejected.
Result<ImportReport> ReadInto(const FeedbackSet& ours, Project& project, const LabelFormat& format,
                              const ImportSettings& settings) {
  Result<LabelProject> labels = LabelProject::Open(project);
  if (!labels) return labels.error();
  LabelRows rows(*labels, settings.annotator);
  std::error_code ignored;
  const bool is_folder = format.one_file_per_episode && fs::is_directory(settings.file, ignored);
  const Status read =
      is_folder ? ReadFolder(settings.file, format, rows) : ReadFile(settings.file, format, rows);
  if (!read) return read.error();
  ImportReport report{.rows = rows.rows(),
                      .skipped = rows.skipped(),
                      .rejected_count = rows.rejected_count(),
                      .rejected = rows.rejected(),
                      .plan = {}};
  if (report.rejected_count > 0) return report;
  report.plan = format.carries.history ? PlanMerge(ours, rows.TakeJournal())
                                       : PlanAdditions(ours, rows.marks(), settings.now_unix_ms);
  return report;
}

}  // namespace

Result<ReadLabelsResult> ReadLabels(Project& project, const LabelFormat& format,
                                    const ImportSettings& settings, LabelsBeside beside) {
  ReadLabelsResult read;
  if (beside == LabelsBeside::kProject) {
    auto ours = project.LoadFeedback();
    if (!ours) return ours.error();
    read.feedback = std::move(ours).value();
  }
  auto report = ReadInto(read.feedback, project, format, settings);
  if (!report) return report.error();
  read.report = std::move(report).value();
  if (read.report.rejected_count > 0) read.feedback = {};
  for (const agents::JournalEntry& entry : read.report.plan.entries) {
    if (Status applied = read.feedback.Apply(entry); !applied) return applied.error();
  }
  return read;
}

Result<ImportReport> ImportLabels(Project& project, const LabelFormat& format,
                                  const ImportSettings& settings) {
  if (project.read_only()) return BadInput(project.read_only_reason());
  const Result<FeedbackSet> ours = project.LoadFeedback();
  if (!ours) return ours.error();
  auto report = ReadInto(*ours, project, format, settings);
  if (!report || report->rejected_count > 0) return report;
  if (Status saved = project.AppendJournal(report->plan.entries); !saved) return saved.error();
  return report;
}

}  // namespace lookout::app
