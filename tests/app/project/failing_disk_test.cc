#include <doctest/doctest.h>
#include <signal.h>
#include <sqlite3.h>
#include <sys/resource.h>

#include <filesystem>
#include <random>
#include <string>

#include "app/project/project.h"
#include "tests/support/failing_vfs.h"
#include "tests/support/project_samples.h"

namespace lookout::app {
namespace {

namespace fs = std::filesystem;
using test::AddedMark;
using test::FailingVfs;
using test::TestFolder;
using test::Trouble;

// Marks and chunks in turn; returns the sequence of the last mark that was said to be saved.
std::int64_t Work(Project& project, int rounds) {
  std::int64_t saved = project.LoadFeedback()->last_sequence();
  const EpisodeId id = project.next_episode_id();
  const Status episode = project.SaveEpisode(test::SampleHeader(id));
  for (int i = 0; i < rounds; ++i) {
    const agents::JournalEntry entry = AddedMark(saved + 1, id);
    if (project.AppendJournal({&entry, 1})) saved = entry.sequence;
    if (episode) static_cast<void>(project.SaveChunk(test::SampleChunk(id, 16 * i, 16)).ok());
  }
  return saved;
}

void CheckIntact(const fs::path& path, std::int64_t at_least) {
  const auto project = Project::Open(path, ProjectAccess::kReadWrite);
  REQUIRE_MESSAGE(project, project.error().message);
  const auto marks = (*project)->LoadFeedback();
  REQUIRE(marks);
  CHECK(marks->last_sequence() >= at_least);
  for (const agents::JournalEntry& entry : marks->entries()) {
    CHECK(entry.record == AddedMark(entry.sequence, entry.record.episodes.at(0)).record);
  }
  const auto episodes = (*project)->Episodes().value();
  for (const StoredEpisode& episode : episodes) {
    StepIndex steps = 0;
    const auto chunks = (*project)->LoadSteps(episode.header.id).value();
    for (const auto& chunk : chunks) {
      steps += static_cast<StepIndex>(chunk->steps.size());
    }
    CHECK(steps == episode.steps);
  }
}

TEST_CASE("whichever write fails, the project stays intact and no saved mark is lost") {
  FailingVfs disk;
  for (const auto trouble : {Trouble::kDiskFull, Trouble::kIoError}) {
    for (const bool for_good : {false, true}) {
      std::int64_t nth = 1;
      bool clean = false;
      for (; !clean && nth < 2000; nth += for_good ? 7 : 1) {
        const TestFolder folder;
        const fs::path path = folder / "study.lookout";
        std::int64_t saved = 0;
        { saved = Work(*test::OpenProject(path), 2); }
        disk.FailAt(nth, trouble, for_good);
        if (auto project = Project::Open(path, ProjectAccess::kReadWrite)) {
          saved = std::max(saved, Work(**project, 4));
        }
        clean = disk.failures() == 0;
        disk.Heal();
        CheckIntact(path, saved);
      }
      CHECK_MESSAGE(clean, "the last failure came beyond change " << nth);
      CHECK(nth > 20);
    }
  }
}

TEST_CASE("a project that could not be made leaves nothing behind") {
  FailingVfs disk;
  bool clean = false;
  for (std::int64_t nth = 1; !clean && nth < 200; ++nth) {
    const TestFolder folder;
    disk.FailAt(nth, Trouble::kDiskFull, true);
    const bool made = Project::Open(folder / "study.lookout", ProjectAccess::kReadWrite).ok();
    clean = disk.failures() == 0;
    const bool there = fs::exists(folder / "study.lookout");
    disk.Heal();
    CHECK(folder.Names().size() <= (there ? 2 : 0));  // at most the file and its write-ahead log
    if (there || made) CheckIntact(folder / "study.lookout", 0);
  }
  CHECK(clean);
}

TEST_CASE("a mark that was saved survives a power cut at any moment") {
  FailingVfs disk;
  std::mt19937 random(7);
  for (int round = 0; round < 60; ++round) {
    const TestFolder folder;
    const fs::path path = folder / "study.lookout";
    { auto project = test::OpenProject(path); }
    disk.FailAt(1 + random() % 120, Trouble::kIoError, true);
    std::int64_t saved = 0;
    if (auto project = Project::Open(path, ProjectAccess::kReadWrite)) saved = Work(**project, 10);
    disk.CutPower(random);
    disk.Heal();
    CheckIntact(path, saved);
  }
}

TEST_CASE("a full disk is named, and the same mark can be saved when there is space again") {
  const TestFolder folder;
  auto project = test::OpenProject(folder / "study.lookout");
  const agents::JournalEntry first = AddedMark(1);
  REQUIRE(project->AppendJournal({&first, 1}));

  struct sigaction ignore {};
  ignore.sa_handler = SIG_IGN;
  struct sigaction before {};
  sigaction(SIGXFSZ, &ignore, &before);
  rlimit unlimited{};
  getrlimit(RLIMIT_FSIZE, &unlimited);
  const rlimit tight{.rlim_cur = 60'000, .rlim_max = unlimited.rlim_max};
  setrlimit(RLIMIT_FSIZE, &tight);
  agents::JournalEntry big = AddedMark(2);
  agents::Mark wordy = MarkOf(big.record).value();
  wordy.note = std::string(200'000, 'n');
  big.record = RecordOf(wordy);
  const Status refused = project->AppendJournal({&big, 1});
  setrlimit(RLIMIT_FSIZE, &unlimited);
  sigaction(SIGXFSZ, &before, nullptr);

  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == ErrorCode::kFailure);
  CHECK_MESSAGE(refused.error().message.find("disk") != std::string::npos, refused.error().message);
  CHECK(project->LoadFeedback()->last_sequence() == 1);
  REQUIRE(project->AppendJournal({&big, 1}));
  CHECK(project->LoadFeedback()->marks().at(MarkId{2}) == wordy);
}

}  // namespace
}  // namespace lookout::app
