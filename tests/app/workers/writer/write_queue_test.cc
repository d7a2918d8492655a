#include "app/workers/writer/write_queue.h"

#include <doctest/doctest.h>

#include <memory>
#include <utility>
#include <vector>

#include "tests/support/failing_vfs.h"
#include "tests/support/project_samples.h"

namespace lookout::app {
namespace {

using std::chrono_literals::operator""ms;
using std::chrono_literals::operator""s;
using test::AddedMark;
using test::SampleChunk;
using test::SampleHeader;
using test::TestFolder;

// A desk over a real project, with time that only moves when told.
struct Office {
  TestFolder folder;
  std::unique_ptr<Project> project;
  std::vector<WriteEvent> said;
  WriteQueue desk;
  WriteQueue::Time now{std::chrono::hours(1)};

  explicit Office(ProjectAccess access = ProjectAccess::kReadWrite)
      : project(Make(folder, access)),
        desk(*project, [this](WriteEvent event) { said.push_back(std::move(event)); }) {}

  static std::unique_ptr<Project> Make(const TestFolder& folder, ProjectAccess access) {
    if (access == ProjectAccess::kReadOnly) test::OpenProject(folder / "study.lookout").reset();
    return test::OpenProject(folder / "study.lookout", access);
  }

  template <typename... Requests>
  void Ask(Requests... requests) {
    std::vector<WriteRequest> all;
    (all.push_back(std::move(requests)), ...);
    desk.Accept(std::move(all), now);
  }
  // Works until there is nothing to do at once.
  void WorkOff() {
    do {
      desk.Work(now);
    } while (desk.NextDue(now) <= now);
  }
  void Wait(std::chrono::milliseconds time) {
    now += time;
    WorkOff();
  }
  StepIndex StepsOf(std::int64_t episode) const {
    const auto found = project->FindEpisode(EpisodeId{episode});
    return found ? found->steps : -1;
  }
};

SaveEpisode Episode(std::int64_t id) {
  return {std::make_shared<sim::EpisodeHeader>(SampleHeader(EpisodeId{id}))};
}
SaveChunk ChunkToSave(std::int64_t id, StepIndex first, int steps) {
  return {std::make_shared<sim::RecordingChunk>(SampleChunk(EpisodeId{id}, first, steps))};
}

TEST_CASE("marks go first and are acknowledged once they are in the file") {
  Office office;
  office.Ask(Episode(1), ChunkToSave(1, 0, 64), SaveJournal{AddedMark(1)},
             SaveJournal{AddedMark(2)});
  CHECK(office.said.empty());
  CHECK(office.desk.standing().writing);
  office.desk.Work(office.now);
  REQUIRE(office.said.size() == 1);
  CHECK(std::get<JournalSaved>(office.said[0]).sequence == 2);
  CHECK(office.project->LoadFeedback()->last_sequence() == 2);
  office.WorkOff();
  CHECK(office.StepsOf(1) == 64);
  CHECK_FALSE(office.desk.standing().writing);
}

TEST_CASE("small chunks wait for company, at most a second, and not when the episode is marked") {
  Office office;
  office.Ask(Episode(1), ChunkToSave(1, 0, 10));
  office.WorkOff();
  CHECK(office.StepsOf(1) == 0);
  office.Wait(900ms);
  office.Ask(ChunkToSave(1, 10, 10));
  office.WorkOff();
  CHECK(office.StepsOf(1) == 0);
  CHECK(office.desk.NextDue(office.now) == office.now + 100ms);

  SUBCASE("a second") {
    office.Wait(100ms);
    CHECK(office.StepsOf(1) == 20);
    CHECK(office.project->LoadSteps(EpisodeId{1})->size() == 1);
  }
  SUBCASE("the next episode") {
    office.Ask(Episode(2));
    office.WorkOff();
    CHECK(office.StepsOf(1) == 20);
  }
  SUBCASE("a mark of it") {
    office.Ask(SaveJournal{AddedMark(1, EpisodeId{1})});
    office.WorkOff();
    CHECK(office.StepsOf(1) == 20);
  }
  SUBCASE("the end") {
    office.desk.Finish(office.now);
    CHECK(office.StepsOf(1) == 20);
  }
}

TEST_CASE("a failed write is kept, named and tried again at growing intervals") {
  test::FailingVfs disk;
  Office office;
  disk.FailAt(1, test::Trouble::kDiskFull, true);
  office.Ask(Episode(1), ChunkToSave(1, 0, 64), SaveJournal{AddedMark(1)});
  office.WorkOff();
  CHECK(office.said.empty());
  CHECK(office.desk.standing().writing);
  CHECK(office.desk.standing().failure ==
        "The disk is full; free some space. Unsaved edits of feedback: 1; they are kept and tried "
        "again.");
  std::vector<WriteQueue::Time::duration> pauses;
  for (int i = 0; i < 8; ++i) {
    const auto due = office.desk.NextDue(office.now);
    pauses.push_back(due - office.now);
    office.now = due;
    office.WorkOff();
  }
  CHECK(pauses.front() == 250ms);
  CHECK(pauses[1] == 500ms);
  CHECK(pauses.back() == 8s);

  // More arrives meanwhile; it waits for the next attempt.
  office.Ask(SaveJournal{AddedMark(2)});
  const std::int64_t failures = disk.failures();
  office.desk.Work(office.now);
  CHECK(disk.failures() == failures);

  disk.Heal();
  office.Wait(8s);
  REQUIRE(office.said.size() == 1);
  CHECK(std::get<JournalSaved>(office.said[0]).sequence == 2);
  CHECK(office.desk.standing() == WriteQueue::Standing{});
  CHECK(office.StepsOf(1) == 64);
}

TEST_CASE("whichever write fails once, everything arrives in the end") {
  test::FailingVfs disk;
  bool clean = false;
  for (std::int64_t nth = 1; !clean && nth < 500; ++nth) {
    Office office;
    disk.FailAt(nth, test::Trouble::kIoError, false);
    office.Ask(Episode(1), ChunkToSave(1, 0, 40), SaveJournal{AddedMark(1)}, ChunkToSave(1, 40, 40),
               SaveSetting{"agent", "Random"}, SaveRun{{.id = RunId{1}}},
               SaveIteration{RunId{1}, {.iteration = 1}}, SaveCheckpoint{RunId{1}, "bytes"});
    for (int i = 0; i < 6; ++i) office.Wait(1s);
    clean = disk.failures() == 0;
    disk.Heal();
    CHECK(office.desk.standing() == WriteQueue::Standing{});
    CHECK(office.StepsOf(1) == 80);
    CHECK(office.project->LoadFeedback()->last_sequence() == 1);
    CHECK(office.project->Setting("agent", "") == "Random");
    CHECK(office.project->Runs()->at(0).history.size() == 1);
    CHECK(*office.project->LoadCheckpoint(RunId{1}) == "bytes");
  }
  CHECK(clean);
}

TEST_CASE("what the file will never take does not hold up the rest") {
  Office office;
  office.Ask(ChunkToSave(7, 0, 64), SaveCheckpoint{RunId{9}, "of no run"}, Episode(1),
             ChunkToSave(1, 64, 64), ChunkToSave(1, 0, 64));
  office.WorkOff();
  CHECK(office.StepsOf(1) == 64);
  CHECK(office.desk.standing() == WriteQueue::Standing{});
}

TEST_CASE("unmarked episodes go after a while, one that is marked late is written again") {
  Office office;
  std::vector<sim::ChunkPtr> on_screen;  // as the window keeps them
  for (int id = 1; id <= 80; ++id) {
    SaveChunk chunk = ChunkToSave(id, 0, 64);
    SaveChunk tail = ChunkToSave(id, 64, 6);
    if (id <= 2) on_screen.insert(on_screen.end(), {chunk.chunk, tail.chunk});
    office.Ask(Episode(id), std::move(chunk), std::move(tail));
    if (id == 2) office.Ask(SaveJournal{AddedMark(1, EpisodeId{2})});
    office.WorkOff();
  }
  CHECK(office.project->Episodes()->size() <= 61);
  CHECK(office.project->Episodes()->size() >= 51);
  CHECK(office.StepsOf(2) == 70);
  CHECK(office.StepsOf(1) == -1);

  // Nobody else may hold them by the time they are written.
  office.Ask(SaveJournal{AddedMark(2, EpisodeId{1}), std::exchange(on_screen, {})});
  office.WorkOff();
  CHECK(office.StepsOf(1) == 70);
}

TEST_CASE(
    "another worker gets the steps that it waits for, those that wait to be written among them") {
  Office office;
  const auto answer = std::make_shared<Mailbox<Result<Recording>>>();
  office.Ask(Episode(1), ChunkToSave(1, 0, 64), ChunkToSave(1, 64, 6),
             ReadRecording{EpisodeId{1}, answer}, ReadRecording{EpisodeId{2}, answer});
  office.WorkOff();
  std::vector<Result<Recording>> read;
  REQUIRE(answer->Take(read));
  REQUIRE(read.size() == 2);
  REQUIRE(read[0].ok());
  CHECK(read[0]->header->id == EpisodeId{1});
  CHECK(StepCount(read[0]->chunks) == 70);
  CHECK_FALSE(read[1].ok());
  CHECK(office.said.empty());
}

TEST_CASE("a project that is only looked at takes nothing and says why") {
  Office office(ProjectAccess::kReadOnly);
  office.Ask(Episode(1), ChunkToSave(1, 0, 64), SaveSetting{"a", "b"});
  office.WorkOff();
  CHECK(office.desk.standing() == WriteQueue::Standing{});
  office.Ask(SaveJournal{AddedMark(1)});
  office.WorkOff();
  CHECK(office.said.empty());
  CHECK(office.desk.standing().failure.find("reading only") != std::string::npos);
}

}  // namespace
}  // namespace lookout::app
