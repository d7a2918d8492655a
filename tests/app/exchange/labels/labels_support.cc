#include "tests/app/exchange/labels/labels_support.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <tuple>
#include <utility>

#include "agents/feedback/kinds/note.h"
#include "agents/feedback/kinds/preference.h"
#include "app/exchange/labels/label_exchange.h"

namespace lookout::test {

using agents::FeedbackRecord;
using agents::JournalEntry;
using agents::JournalOp;
using agents::Mark;
using agents::Verdict;

std::unique_ptr<app::Project> BlankProject(const std::filesystem::path& path) {
  auto project = OpenProject(path);
  for (const EpisodeId id : {EpisodeId{1}, EpisodeId{2}}) {
    REQUIRE(project->SaveEpisode(SampleHeader(id)).ok());
    for (int first = 0; first < kLabelledSteps; first += 50) {
      REQUIRE(project->SaveChunk(SampleChunk(id, first, 50, kLabelledSteps - 1)).ok());
    }
  }
  return project;
}

JournalWriter::JournalWriter(app::Project& project)
    : project_(project), set_(project.LoadFeedback().value()) {}

void JournalWriter::Append(JournalEntry entry) {
  entry.sequence = set_.last_sequence() + 1;
  entry.unix_ms = 1'700'000'000'000 + 10 * entry.sequence;
  const Status applied = set_.Apply(entry);
  REQUIRE_MESSAGE(applied.ok(), (applied.ok() ? "" : applied.error().message));
  REQUIRE(project_.AppendJournal(std::span(&entry, 1)).ok());
}

MarkId JournalWriter::Add(FeedbackRecord record) {
  record.id = set_.next_id();
  const MarkId id = record.id;
  const std::string annotator = record.annotator;
  Append({.record = std::move(record), .annotator = annotator});
  return id;
}

void JournalWriter::Revise(FeedbackRecord record) {
  const std::string annotator = record.annotator;
  Append({.op = JournalOp::kRevise, .record = std::move(record), .annotator = annotator});
}

void JournalWriter::Retract(MarkId id, const std::string& annotator) {
  Append({.op = JournalOp::kRetract, .record = {.id = id}, .annotator = annotator});
}

void JournalWriter::Undo(const std::string& annotator) {
  Append(
      {.op = JournalOp::kUndo, .target = set_.NextUndo(annotator).value(), .annotator = annotator});
}

void JournalWriter::Redo(const std::string& annotator) {
  Append(
      {.op = JournalOp::kRedo, .target = set_.NextRedo(annotator).value(), .annotator = annotator});
}

Mark FullMark(EpisodeId episode, StepIndex first, StepIndex last, Verdict verdict,
              const std::string& annotator) {
  return {.episode = episode,
          .first_step = first,
          .last_step = last,
          .verdict = verdict,
          .danger = 2,
          .reaction_lag_steps = 15,
          .release_lag_steps = 9,
          .annotator = annotator,
          .created_unix_ms = 1'700'000'000'123,
          .time_spent_ms = 321,
          .on_screen = {.model = CostModelId{3},
                        .policy = 7,
                        .playback_speed = 0.1,
                        .mode = "queue",
                        .blind = true,
                        .asked_why = "audit",
                        .asked_first = first,
                        .asked_last = last + 5,
                        .asked_chance = 0.125,
                        .asked_highest = 0.3},
          .note = "brushed \"the\" vase, 100 % sure;\nZo\xc3\xab",
          .severity = 7};
}

bool IsSame(const agents::JournalEntry& a, const agents::JournalEntry& b) {
  return a.sequence == b.sequence && a.op == b.op && a.target == b.target &&
         a.unix_ms == b.unix_ms && a.annotator == b.annotator && a.record == b.record;
}

void WriteFeedback(app::Project& project) {
  JournalWriter journal(project);
  const EpisodeId one{1};
  const EpisodeId two{2};
  journal.Add(FullMark(one, 0, 9));
  journal.Add(FullMark(one, 10, 10));  // touches the one before
  journal.Add(FullMark(one, 5, 30));   // overlaps both
  journal.Add(FullMark(two, 190, kLabelledSteps - 1, Verdict::kSafe, "Bob & <Co>"));
  journal.Add({.episode = two, .first_step = 3, .last_step = 4, .annotator = "Bob & <Co>"});
  journal.Add({.episode = two,
               .first_step = 20,
               .last_step = 29,
               .verdict = Verdict::kUnsure,
               .annotator = "Ann"});
  Mark revised = FullMark(one, 40, 50);
  revised.id = journal.Add(revised);
  revised.last_step = 55;
  revised.severity = 0;
  journal.Revise(RecordOf(revised));
  journal.Retract(journal.Add(FullMark(one, 60, 61)), "Bob & <Co>");
  journal.Add(FullMark(one, 70, 71));
  journal.Undo("Ann");
  journal.Redo("Ann");
  journal.Undo("Ann");

  FeedbackRecord pair{.annotator = "Ann", .created_unix_ms = 5};
  SetContent(agents::Preference{.first = {one, 1, 5}, .second = {two, 3, 9}, .strength = 2.5},
             pair);
  journal.Add(pair);
  FeedbackRecord note{.annotator = "Bob & <Co>", .on_screen = {.playback_speed = 1.0 / 3.0}};
  SetContent(agents::Note{two, 8, "odd"}, note);
  journal.Add(note);
  journal.Add({.episodes = {two, one},
               .kind = "takeover",
               .version = 3,
               .content = std::string("\x00\xff not JSON", 11),
               .annotator = "Ann"});
}

std::vector<Mark> MarksOf(app::Project& project) {
  std::vector<Mark> marks;
  const agents::FeedbackSet feedback = project.LoadFeedback().value();
  for (auto [id, mark] : feedback.marks()) {
    mark.id = {};
    marks.push_back(std::move(mark));
  }
  std::ranges::sort(marks, {}, [](const Mark& mark) {
    return std::tuple(mark.episode, mark.first_step, mark.last_step, mark.annotator, mark.danger);
  });
  return marks;
}

app::ExportReport ExportTo(const std::filesystem::path& out, app::Project& project,
                           const std::string& format, const std::string& annotator) {
  const auto report = app::ExportLabels(project, *app::FindLabelFormat(format, false).value(),
                                        {.out = out, .annotator = annotator});
  REQUIRE_MESSAGE(report.ok(), (report.ok() ? "" : report.error().message));
  return *report;
}

app::ImportReport ImportFrom(const std::filesystem::path& file, app::Project& project,
                             const std::string& format) {
  const auto report = app::ImportLabels(project, *app::FindLabelFormat(format, true).value(),
                                        {.file = file, .annotator = "imported", .now_unix_ms = 99});
  REQUIRE_MESSAGE(report.ok(), (report.ok() ? "" : report.error().message));
  return *report;
}

std::string Rejections(const std::string& text, const std::string& format) {
  const TestFolder folder;
  const auto project = BlankProject(folder / "study.lookout");
  const auto file = folder / "labels.txt";
  WriteFile(file, text);
  const app::ImportReport report = ImportFrom(file, *project, format);
  CHECK(report.rejected_count > 0);
  CHECK(project->LoadFeedback()->last_sequence() == 0);
  std::string causes;
  for (const app::RejectedRow& row : report.rejected) {
    causes += row.row + " " + row.cause + "\n";
  }
  return causes;
}

}  // namespace lookout::test
