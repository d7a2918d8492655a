#include "app/exchange/labels/label_exchange.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <system_error>
#include <utility>

#include "app/platform/files.h"

namespace lookout::app {
namespace {

namespace fs = std::filesystem;
using agents::FeedbackSet;
using agents::JournalEntry;

constexpr std::size_t kMostLabelBytes = std::size_t{1} << 30;

Status CheckIsFree(const fs::path& out) {
  std::error_code error;
  if (!fs::exists(fs::symlink_status(out, error))) return {};
  return BadInput(out.string() + " is there already and is not replaced; choose another name.");
}

// The part of a journal that is about the annotator's records, numbered without gaps. It folds as
// the whole does: an annotator's undo takes back the newest edit that is left, and every edit of a
// record stays with it.
Result<FeedbackSet> JournalOf(const FeedbackSet& all, const std::string& annotator) {
  std::set<MarkId> wanted;
  for (const JournalEntry& entry : all.entries()) {
    if (entry.op == agents::JournalOp::kAdd && entry.record.annotator == annotator) {
      wanted.insert(entry.record.id);
    }
  }
  FeedbackSet part;
  std::map<std::int64_t, std::int64_t> numbers;  // of the edits, in the whole and in the part
  for (JournalEntry entry : all.entries()) {
    const bool is_edit = entry.op <= agents::JournalOp::kRetract;
    if (is_edit ? !wanted.contains(entry.record.id) : !numbers.contains(entry.target)) continue;
    if (!is_edit) entry.target = numbers.at(entry.target);
    if (is_edit) numbers.emplace(entry.sequence, part.last_sequence() + 1);
    entry.sequence = part.last_sequence() + 1;
    if (Status applied = part.Apply(entry); !applied) return applied.error();
  }
  if (part.records().empty()) {
    return BadInput("There is no feedback of " + annotator +
                    " in the project; see who there is by lookout agreement.");
  }
  return part;
}

void AddWords(const std::string& words, std::string& list) {
  list += (list.empty() ? "" : ", ") + words;
}

// What of the feedback is in no file of the format.
std::string LeftOut(const FeedbackSet& feedback, const LabelCarries& carries,
                    const ExportReport& report) {
  std::string words;
  if (!carries.spans) AddWords("the marks themselves and who made them", words);
  if (!carries.other_kinds && report.pairs > 0) {
    AddWords(fmt::format("{} pair{}", report.pairs, report.pairs == 1 ? "" : "s"), words);
  }
  if (!carries.other_kinds && report.notes > 0) {
    AddWords(fmt::format("{} note{}", report.notes, report.notes == 1 ? "" : "s"), words);
  }
  if (carries.spans && !carries.origin) {
    AddWords("when and while seeing what marks were made", words);
  }
  const auto edits = static_cast<std::int64_t>(feedback.entries().size());
  const auto alive = static_cast<std::int64_t>(feedback.records().size());
  if (!carries.history && edits > alive) {
    AddWords(fmt::format("{} earlier edits and what was taken back", edits - alive), words);
  }
  return words;
}

ExportReport Count(const FeedbackSet& feedback) {
  ExportReport report;
  std::set<std::string> annotators;
  for (const auto& [id, record] : feedback.records()) annotators.insert(record.annotator);
  report.annotators = static_cast<std::int64_t>(annotators.size());
  report.spans = static_cast<std::int64_t>(feedback.marks().size());
  report.pairs = static_cast<std::int64_t>(feedback.pairs().size());
  report.notes = static_cast<std::int64_t>(feedback.records().size()) - report.spans - report.pairs;
  return report;
}

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

// Where both projects have the episode, it has to be the same recording.
Status CheckSameRecording(EpisodeId id, const LabelProject& first, const LabelProject& second) {
  const StoredEpisode* a = first.Find(id);
  const StoredEpisode* b = second.Find(id);
  if (a == nullptr && b == nullptr) return {};  // removed from both, and its feedback kept
  const bool same = a != nullptr && b != nullptr && a->steps == b->steps &&
                    a->episode_return == b->episode_return && a->cost == b->cost &&
                    sim::EncodeHeader(a->header) == sim::EncodeHeader(b->header);
  if (same) return {};
  const auto words = [](const StoredEpisode* episode) {
    return episode == nullptr ? std::string("not there") : DescribeEpisode(*episode);
  };
  return BadInput(
      fmt::format("The projects do not have the same recordings: episode {} is {} in "
                  "{}, and {} in {}. Merge copies of one project.",
                  id.value, words(a), first.project().path().string(), words(b),
                  second.project().path().string()));
}

// Of the episodes that anything in the second project is about.
Status CheckSameRecordings(const FeedbackSet& feedback, const LabelProject& first,
                           const LabelProject& second) {
  std::set<EpisodeId> episodes;
  for (const JournalEntry& entry : feedback.entries()) {
    episodes.insert(entry.record.episodes.begin(), entry.record.episodes.end());
  }
  for (const EpisodeId id : episodes) {
    if (Status same = CheckSameRecording(id, first, second); !same) return same;
  }
  return {};
}

Status WriteMerged(Project& first, const fs::path& out, const std::vector<JournalEntry>& entries) {
  if (Status made = MakeFoldersAbove(out); !made) return made;
  if (Status copied = first.CopyTo(out); !copied) return copied;
  Status written;
  {
    const auto copy = Project::Open(out, ProjectAccess::kReadWrite);
    written = copy ? (*copy)->AppendJournal(entries) : Status(copy.error());
  }
  std::error_code ignored;
  if (!written) fs::remove(out, ignored);
  return written;
}

}  // namespace

Result<ExportReport> ExportLabels(Project& project, const LabelFormat& format, const fs::path& out,
                                  const std::string& annotator) {
  if (Status is_free = CheckIsFree(out); !is_free) return is_free.error();
  Result<LabelProject> labels = LabelProject::Open(project);
  if (!labels) return labels.error();
  Result<FeedbackSet> feedback = project.LoadFeedback();
  if (feedback && !annotator.empty()) feedback = JournalOf(*feedback, annotator);
  if (!feedback) return feedback.error();
  ExportReport report = Count(*feedback);
  report.left_out = LeftOut(*feedback, format.carries, report);
  if (Status written = format.write({*labels, *feedback}, out); !written) return written.error();
  return report;
}

Result<ImportReport> ImportLabels(Project& project, const LabelFormat& format,
                                  const ImportSettings& settings) {
  if (project.read_only()) return BadInput(project.read_only_reason());
  Result<LabelProject> labels = LabelProject::Open(project);
  if (!labels) return labels.error();
  const Result<FeedbackSet> ours = project.LoadFeedback();
  if (!ours) return ours.error();
  LabelRows rows(*labels, settings.annotator);
  std::error_code ignored;
  const bool is_folder = format.one_file_per_episode && fs::is_directory(settings.file, ignored);
  const Status read =
      is_folder ? ReadFolder(settings.file, format, rows) : ReadFile(settings.file, format, rows);
  if (!read) return read.error();
  ImportReport report{.rows = rows.rows(),
                      .skipped = rows.skipped(),
                      .rejected_count = rows.rejected_count(),
                      .rejected = rows.rejected()};
  if (report.rejected_count > 0) return report;
  report.plan = format.carries.history ? PlanMerge(*ours, rows.journal())
                                       : PlanAdditions(*ours, rows.marks(), settings.now_unix_ms);
  if (Status saved = project.AppendJournal(report.plan.entries); !saved) return saved.error();
  return report;
}

Result<MergePlan> MergeProjects(const MergeFiles& files) {
  if (Status is_free = CheckIsFree(files.out); !is_free) return is_free.error();
  const auto first = Project::Open(files.first, ProjectAccess::kReadOnly);
  if (!first) return first.error();
  const auto second = Project::Open(files.second, ProjectAccess::kReadOnly);
  if (!second) return second.error();
  const Result<LabelProject> first_labels = LabelProject::Open(**first);
  if (!first_labels) return first_labels.error();
  const Result<LabelProject> second_labels = LabelProject::Open(**second);
  if (!second_labels) return second_labels.error();
  const Result<FeedbackSet> ours = (*first)->LoadFeedback();
  if (!ours) return ours.error();
  const Result<FeedbackSet> theirs = (*second)->LoadFeedback();
  if (!theirs) return theirs.error();
  const Status same = CheckSameRecordings(*theirs, *first_labels, *second_labels);
  if (!same) return same.error();
  MergePlan plan = PlanMerge(*ours, *theirs);
  if (Status written = WriteMerged(**first, files.out, plan.entries); !written) {
    return written.error();
  }
  return plan;
}

}  // namespace lookout::app
