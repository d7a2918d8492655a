#include "app/exchange/labels/label_exchange.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <system_error>
#include <utility>

#include "app/platform/files.h"
#include "app/project/settings/annotators_file.h"
#include "app/project/settings/danger_classes_json.h"

namespace lookout::app {
namespace {

namespace fs = std::filesystem;
using agents::FeedbackSet;
using agents::JournalEntry;

Status CheckIsFree(const fs::path& out) {
  std::error_code error;
  if (!fs::exists(fs::symlink_status(out, error))) return {};
  return BadInput(out.string() + " is there already and is not replaced; choose another name.");
}

// Whether a record is one of those that are asked for, as it was when it was added.
bool IsWanted(const agents::FeedbackRecord& record, const LabelExport& labels,
              const std::string& annotator) {
  if (!annotator.empty() && record.annotator != annotator) return false;
  if (labels.environment.empty()) return true;
  return std::ranges::any_of(record.episodes, [&](EpisodeId id) {
    const StoredEpisode* episode = labels.project.Find(id);
    return episode != nullptr && labels.Wants(*episode);
  });
}

// The part of a journal that is about the records that are asked for, numbered without gaps. It
// folds as the whole does: an annotator's undo takes back the newest edit that is left, and every
// edit of a record stays with it.
Result<FeedbackSet> JournalOf(const LabelExport& labels, const std::string& annotator) {
  std::set<MarkId> wanted;
  for (const JournalEntry& entry : labels.feedback.entries()) {
    if (entry.op == agents::JournalOp::kAdd && IsWanted(entry.record, labels, annotator)) {
      wanted.insert(entry.record.id);
    }
  }
  FeedbackSet part;
  std::map<std::int64_t, std::int64_t> numbers;  // of the edits, in the whole and in the part
  for (JournalEntry entry : labels.feedback.entries()) {
    const bool is_edit = entry.op <= agents::JournalOp::kRetract;
    if (is_edit ? !wanted.contains(entry.record.id) : !numbers.contains(entry.target)) continue;
    if (!is_edit) entry.target = numbers.at(entry.target);
    if (is_edit) numbers.emplace(entry.sequence, part.last_sequence() + 1);
    entry.sequence = part.last_sequence() + 1;
    if (Status applied = part.Apply(entry); !applied) return applied.error();
  }
  if (part.records().empty() && !annotator.empty()) {
    return BadInput("There is no feedback of " + annotator +
                    " there; see who has marked what by lookout agreement.");
  }
  return part;
}

Status CheckEnvironment(const LabelExport& labels) {
  for (const auto& [id, episode] : labels.project.episodes()) {
    if (labels.Wants(episode)) return {};
  }
  if (labels.environment.empty()) return {};
  return BadInput("There is no episode of " + labels.environment +
                  " in the project; see the list of episodes in the window.");
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

LabelSettings SettingsOf(Project& project) {
  return {.annotators = AnnotatorsFromText(project.Setting(kAnnotatorsSetting, ""),
                                           LagOfMeFromText(project.Setting(kLagOfMeSetting, ""))),
          .danger_classes = DangerClassesFromText(project.Setting(kDangerClassesSetting, ""))};
}

Status WriteInto(Project& project, const MergedProject& merged) {
  return project.Together([&]() -> Status {
    if (!merged.settings.carried.empty()) {
      const LabelSettings& settings = merged.settings.settings;
      Status saved = project.SaveSetting(kAnnotatorsSetting, AnnotatorsText(settings.annotators));
      if (saved) {
        saved =
            project.SaveSetting(kDangerClassesSetting, DangerClassesText(settings.danger_classes));
      }
      if (!saved) return saved;
    }
    return project.AppendJournal(merged.plan.entries);
  });
}

Status WriteMerged(Project& first, const fs::path& out, const MergedProject& merged) {
  if (Status made = MakeFoldersAbove(out); !made) return made;
  if (Status copied = first.CopyTo(out); !copied) return copied;
  Status written;
  {
    const auto copy = Project::Open(out, ProjectAccess::kReadWrite);
    written = copy ? WriteInto(**copy, merged) : Status(copy.error());
  }
  std::error_code ignored;
  if (!written) fs::remove(out, ignored);
  return written;
}

}  // namespace

Result<ExportReport> ExportLabels(Project& project, const LabelFormat& format,
                                  const ExportSettings& settings) {
  if (Status is_free = CheckIsFree(settings.out); !is_free) return is_free.error();
  Result<LabelProject> labels = LabelProject::Open(project);
  if (!labels) return labels.error();
  const Result<FeedbackSet> all = project.LoadFeedback();
  if (!all) return all.error();
  const LabelExport whole{*labels, *all, settings.environment};
  if (Status known = CheckEnvironment(whole); !known) return known.error();
  const Result<FeedbackSet> feedback = JournalOf(whole, settings.annotator);
  if (!feedback) return feedback.error();
  ExportReport report = Count(*feedback);
  report.left_out = LeftOut(*feedback, format.carries, report);
  const Status written = format.write({*labels, *feedback, settings.environment}, settings.out);
  if (!written) return written.error();
  return report;
}

Result<MergedProject> MergeProjects(const MergeFiles& files) {
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
  Result<FeedbackSet> theirs = (*second)->LoadFeedback();
  if (!theirs) return theirs.error();
  const Status same = CheckSameRecordings(*theirs, *first_labels, *second_labels);
  if (!same) return same.error();
  MergedProject merged{.plan = PlanMerge(*ours, std::move(*theirs)),
                       .settings = MergeSettings(SettingsOf(**first), SettingsOf(**second))};
  if (Status written = WriteMerged(**first, files.out, merged); !written) {
    return written.error();
  }
  return merged;
}

}  // namespace lookout::app
