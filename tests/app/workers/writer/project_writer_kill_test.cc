#include <doctest/doctest.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <random>
#include <string>
#include <thread>

#include "app/project/project.h"
#include "tests/support/project_samples.h"

namespace lookout::app {
namespace {

namespace fs = std::filesystem;
using test::TestFolder;

// A process that marks until it is killed.
class MarkWriter {
 public:
  explicit MarkWriter(const fs::path& project) {
    std::array<int, 2> ends{};
    REQUIRE(pipe2(ends.data(), O_CLOEXEC) == 0);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
    std::string program = LOOKOUT_MARK_WRITER;
    std::string argument = project;
    std::array<char*, 3> arguments{program.data(), argument.data(), nullptr};
    REQUIRE(posix_spawn(&process_, program.c_str(), &actions, nullptr, arguments.data(), environ) ==
            0);
    posix_spawn_file_actions_destroy(&actions);
    close(ends[1]);
    output_ = ends[0];
  }
  MarkWriter(const MarkWriter&) = delete;
  MarkWriter& operator=(const MarkWriter&) = delete;
  ~MarkWriter() {
    Kill();
    close(output_);
  }

  // Waits for so many lines: the first says that it is ready, the others that marks are saved.
  void AwaitLines(int lines) {
    char byte = 0;
    while (lines > 0) {
      REQUIRE(read(output_, &byte, 1) == 1);
      text_ += byte;
      if (byte == '\n') --lines;
    }
  }

  // Ends it without warning; returns the last number it printed.
  std::int64_t KillAndRead() {
    Kill();
    std::array<char, 4096> bytes{};
    for (ssize_t size = 0; (size = read(output_, bytes.data(), bytes.size())) > 0;) {
      text_.append(bytes.data(), static_cast<std::size_t>(size));
    }
    while (!text_.empty() && text_.back() == '\n') text_.pop_back();
    return std::strtoll(text_.substr(text_.rfind('\n') + 1).c_str(), nullptr, 10);
  }

  pid_t process() const { return process_; }

 private:
  void Kill() {
    if (process_ <= 0) return;
    kill(process_, SIGKILL);
    waitpid(process_, nullptr, 0);
    process_ = -1;
  }
  pid_t process_ = -1;
  int output_ = -1;
  std::string text_;
};

// Opening checks every page; this checks what is on them. Returns how many marks there are.
std::int64_t CheckMarks(const fs::path& path, std::int64_t acknowledged) {
  const auto project = Project::Open(path, ProjectAccess::kReadWrite);
  REQUIRE_MESSAGE(project, project.error().message);
  const auto marks = (*project)->LoadFeedback();
  REQUIRE(marks);
  CHECK(marks->last_sequence() >= acknowledged);
  for (const agents::JournalEntry& entry : marks->entries()) {
    if (entry.record != test::AddedOfAnyKind(entry.sequence, entry.record.episodes.at(0)).record) {
      FAIL("feedback " << entry.sequence << " is not what was written");
    }
  }
  return marks->last_sequence();
}

TEST_CASE(
    "killed at any moment, the writer has lost no feedback of any kind that it said was saved") {
  const int rounds = std::getenv("LOOKOUT_LONG") != nullptr ? 1000 : 60;
  constexpr int kRoundsPerProject = 20;  // files grow; opening them checks every page
  std::mt19937 random(std::random_device{}());
  std::int64_t marks = 0;
  std::int64_t kills_while_marking = 0;
  for (int start = 0; start < rounds; start += kRoundsPerProject) {
    const TestFolder folder;
    const fs::path path = folder / "study.lookout";
    std::int64_t before = 0;
    for (int round = start; round < std::min(start + kRoundsPerProject, rounds); ++round) {
      MarkWriter writer(path);
      // Every fourth one dies while it makes, opens or recovers the project, the others while they
      // mark.
      if (round % 4 != 3) writer.AwaitLines(2);
      std::this_thread::sleep_for(std::chrono::microseconds(random() % 50'000));
      const std::int64_t acknowledged = std::max(before, writer.KillAndRead());
      const std::int64_t found = CheckMarks(path, acknowledged);
      kills_while_marking += acknowledged > before ? 1 : 0;
      marks += found - before;
      before = found;
    }
  }
  MESSAGE(rounds << " kills, " << kills_while_marking << " of them while marks were being saved, "
                 << marks << " marks");
  CHECK(kills_while_marking >= rounds / 2);
}

TEST_CASE("a second instance is refused and told the other process") {
  const TestFolder folder;
  const fs::path path = folder / "study.lookout";
  MarkWriter writer(path);
  writer.AwaitLines(1);
  const auto second = Project::Open(path, ProjectAccess::kReadWrite);
  REQUIRE_FALSE(second);
  CHECK(second.error().code == ErrorCode::kProjectInUse);
  const std::string expected = fmt::format("is open in mark_writer (process {})", writer.process());
  CHECK_MESSAGE(second.error().message.find(expected) != std::string::npos, second.error().message);

  SUBCASE("and may look meanwhile") {
    writer.AwaitLines(1);
    std::int64_t last = 0;
    for (int i = 0; i < 10; ++i) {
      const auto looker = Project::Open(path, ProjectAccess::kReadOnly);
      REQUIRE_MESSAGE(looker, looker.error().message);
      const std::int64_t seen = (*looker)->LoadFeedback()->last_sequence();
      CHECK(seen >= last);
      last = seen;
    }
    CHECK(last > 0);
  }
}

}  // namespace
}  // namespace lookout::app
