// Projects of version 2, whose journal had marks alone, become those of version 3, which take
// feedback of any kind.
#include <doctest/doctest.h>

#include <filesystem>
#include <string>
#include <vector>

#include "app/project/project.h"
#include "app/project/sqlite.h"
#include "tests/support/failing_vfs.h"
#include "tests/support/project_samples.h"

namespace lookout::app {
namespace {

namespace fs = std::filesystem;
using test::TestFolder;

const fs::path kVersion2 = fs::path(LOOKOUT_SOURCE_DIR) / "tests/fixtures/v0.1/study.lookout";

struct OldEntry {
  std::vector<std::int64_t> numbers;
  std::vector<std::string> texts;
};

// The journal as version 2 stored it.
std::vector<OldEntry> OldJournal(const fs::path& path) {
  auto database = Database::Open(path, OpenMode::kExisting);
  REQUIRE(database);
  auto rows = database->Query(
      "SELECT sequence, op, target, unix_ms, mark, episode, first_step, last_step, verdict, "
      "danger, reaction_lag_steps, created_unix_ms, time_spent_ms, model_on_screen, annotator, "
      "mark_annotator, note FROM journal ORDER BY sequence");
  REQUIRE(rows);
  std::vector<OldEntry> entries;
  while (rows->Next()) {
    OldEntry& entry = entries.emplace_back();
    for (int column = 0; column < 14; ++column) entry.numbers.push_back(rows->Integer(column));
    for (int column = 14; column < 17; ++column) entry.texts.push_back(rows->Text(column));
  }
  return entries;
}

OldEntry AsOld(const agents::JournalEntry& entry) {
  agents::Mark mark{.id = entry.record.id};
  if (!entry.record.kind.empty()) mark = MarkOf(entry.record).value();
  return {.numbers = {entry.sequence, static_cast<int>(entry.op), entry.target, entry.unix_ms,
                      mark.id.value, mark.episode.value, mark.first_step, mark.last_step,
                      static_cast<int>(mark.verdict), mark.danger, mark.reaction_lag_steps,
                      mark.created_unix_ms, mark.time_spent_ms, mark.on_screen.model.value},
          .texts = {entry.annotator, mark.annotator, mark.note}};
}

void CheckSameJournal(const agents::FeedbackSet& feedback, const std::vector<OldEntry>& old) {
  REQUIRE(feedback.entries().size() == old.size());
  for (std::size_t i = 0; i < old.size(); ++i) {
    CAPTURE(i);
    const OldEntry now = AsOld(feedback.entries()[i]);
    CHECK(now.numbers == old[i].numbers);
    CHECK(now.texts == old[i].texts);
  }
}

TEST_CASE("a journal of marks is brought over entry by entry, and the old file kept beside it") {
  const TestFolder folder;
  const fs::path path = folder / "study.lookout";
  fs::copy_file(kVersion2, path);
  const std::vector<OldEntry> old = OldJournal(path);
  REQUIRE(old.size() == 6);
  {
    auto project = test::OpenProject(path);
    CHECK(project->kept_copy() == folder / "study.version-2.lookout");
    const agents::FeedbackSet feedback = project->LoadFeedback().value();
    CheckSameJournal(feedback, old);
    CHECK(feedback.marks().size() == 3);
    CHECK(feedback.NextRedo("me") == 5);
    CHECK(feedback.NextUndo("me") == 4);
    // And it goes on.
    const agents::JournalEntry undo{
        .sequence = 7, .op = agents::JournalOp::kUndo, .target = 4, .annotator = "me"};
    REQUIRE(project->AppendJournal({&undo, 1}));
    REQUIRE(project->PruneUnmarked(0));
    CHECK(project->Episodes()->size() == 1);  // it is marked
  }
  CHECK(test::OpenProject(path)->kept_copy().empty());
  CHECK(test::OpenProject(path)->LoadFeedback()->marks().at(MarkId{2}).last_step == 47);
  CHECK(test::ReadFile(folder / "study.version-2.lookout").size() > 0);
  CHECK(OldJournal(folder / "study.version-2.lookout").size() == 6);
}

TEST_CASE("a migration that the disk stops at any write leaves a project that opens later") {
  const std::vector<OldEntry> old = [] {
    const TestFolder folder;
    fs::copy_file(kVersion2, folder / "study.lookout");
    return OldJournal(folder / "study.lookout");
  }();
  test::FailingVfs disk;
  for (const auto trouble : {test::Trouble::kDiskFull, test::Trouble::kIoError}) {
    bool clean = false;
    std::int64_t nth = 1;
    for (; !clean && nth < 2000; nth += 3) {
      const TestFolder folder;
      const fs::path path = folder / "study.lookout";
      fs::copy_file(kVersion2, path);
      disk.FailAt(nth, trouble, true);
      { const auto project = Project::Open(path, ProjectAccess::kReadWrite); }
      clean = disk.failures() == 0;
      disk.Heal();
      CheckSameJournal(test::OpenProject(path)->LoadFeedback().value(), old);
    }
    CHECK(clean);
    CHECK(nth > 10);
  }
}

TEST_CASE("feedback of newer versions and of several episodes comes back byte by byte") {
  const TestFolder folder;
  agents::JournalEntry entry{.sequence = 1, .unix_ms = 5, .annotator = "ada"};
  entry.record = {
      .id = {3},
      .episodes = {{5}, {2}, {5}},
      .kind = "region of tomorrow",
      .version = 12,
      .content = std::string("\0\xff\x80{", 4),
      .annotator = "bob",
      .created_unix_ms = 77,
      .time_spent_ms = 8,
      .on_screen = {
          .model = {4}, .policy = 9, .playback_speed = 0.25, .mode = "queue", .blind = true}};
  {
    auto project = test::OpenProject(folder / "study.lookout");
    for (const std::int64_t id : {1, 2, 5}) {
      REQUIRE(project->SaveEpisode(test::SampleHeader(EpisodeId{id})));
    }
    REQUIRE(project->AppendJournal({&entry, 1}));
    REQUIRE(project->PruneUnmarked(0));
  }
  auto project = test::OpenProject(folder / "study.lookout");
  const agents::FeedbackSet feedback = project->LoadFeedback().value();
  CHECK(feedback.records().at({3}) == entry.record);
  CHECK(feedback.of_newer_versions() == 1);
  const auto episodes = project->Episodes().value();
  REQUIRE(episodes.size() == 2);  // those that it is about
  CHECK(episodes[0].header.id == EpisodeId{2});
  CHECK(episodes[1].header.id == EpisodeId{5});
}

TEST_CASE("a journal that was damaged from outside is refused by entry, not taken for another") {
  const TestFolder folder;
  const fs::path path = folder / "study.lookout";
  for (const char* damage :
       {"UPDATE journal SET content = x'78' WHERE sequence = 2",
        "UPDATE journal SET on_screen = '[1]' WHERE sequence = 2",
        "UPDATE journal SET version = 99999999999 WHERE sequence = 2",
        "DELETE FROM journal_episode WHERE sequence = 2",
        "UPDATE journal SET content = CAST('{\"first_step\": -4}' AS BLOB) WHERE sequence = 2"}) {
    CAPTURE(damage);
    fs::remove(path);
    for (std::int64_t sequence : {1, 2}) {
      const agents::JournalEntry entry = test::AddedMark(sequence);
      REQUIRE(test::OpenProject(path)->AppendJournal({&entry, 1}));
    }
    REQUIRE(Database::Open(path, OpenMode::kExisting)->Execute(damage));
    const auto refused = test::OpenProject(path)->LoadFeedback();
    REQUIRE_FALSE(refused);
    CHECK(refused.error().message.find("Entry 2") != std::string::npos);
  }
}

}  // namespace
}  // namespace lookout::app
