#include <doctest/doctest.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <signal.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <string>

#include "app/project/files/project_lock.h"
#include "tests/app/project/project_open_support.h"

namespace lookout::app {
namespace {

namespace fs = std::filesystem;
using test::AddedMark;
using test::OpenProject;
using test::ReadFile;
using test::TestFolder;
using test::WriteFile;

// Runs SQL on a file as another program would.
void RunSql(const fs::path& path, const std::string& sql) {
  sqlite3* database = nullptr;
  REQUIRE(sqlite3_open(path.c_str(), &database) == SQLITE_OK);
  CHECK(sqlite3_exec(database, sql.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK);
  sqlite3_close(database);
}

TEST_CASE("a new project appears whole, in folders that are made for it, and leaves nothing else") {
  const TestFolder folder;
  { auto project = OpenProject(folder / "new/folders/study.lookout"); }
  CHECK(fs::exists(folder / "new/folders/study.lookout"));
  CHECK(std::distance(fs::directory_iterator(folder / "new/folders"), {}) == 1);
  CHECK_FALSE(OpenProject(folder / "new/folders/study.lookout")->read_only());
}

// Neither way of opening accepts the bytes, leaves anything behind or changes them.
void CheckRefused(const fs::path& path, const std::string& bytes, const std::string& expected) {
  WriteFile(path, bytes);
  for (const auto access : {ProjectAccess::kReadWrite, ProjectAccess::kReadOnly}) {
    const Error error = Refusal(path, access);
    CHECK(error.code == ErrorCode::kBadInput);
    CHECK_MESSAGE(Contains(error.message, expected), error.message);
    CHECK(ReadFile(path) == bytes);
    CHECK_FALSE(fs::exists(path.string() + "-wal"));
    CHECK_FALSE(fs::exists(ProjectLock::PathFor(path)));
  }
}

TEST_CASE("what is no project is named and left as it is") {
  const TestFolder folder;
  const fs::path path = folder / "study.lookout";
  std::string bytes;
  std::string expected;
  SUBCASE("an empty file") { expected = "empty (0 bytes)"; }
  SUBCASE("a text") {
    bytes = "dear diary";
    expected = "not a Lookout project";
  }
  SUBCASE("a byte") {
    bytes = "S";
    expected = "truncated";
  }
  SUBCASE("zeros") {
    bytes = std::string(8192, '\0');
    expected = "not a Lookout project";
  }
  SUBCASE("another program's database") {
    RunSql(path, "CREATE TABLE bookmarks (url TEXT)");
    bytes = ReadFile(path);
    expected = "another program";
  }
  SUBCASE("half a header") {
    bytes = ProjectBytes(folder / "whole.lookout").substr(0, 60);
    expected = "truncated";
  }
  SUBCASE("half a project") {
    bytes = ProjectBytes(folder / "whole.lookout");
    expected = fmt::format("holds {} of {}", bytes.size() / 2, bytes.size());
    bytes.resize(bytes.size() / 2);
  }
  SUBCASE("a project with a page of noise") {
    bytes = ProjectBytes(folder / "whole.lookout");
    for (std::size_t i = 0; i < 4096; ++i) bytes[8 * 4096 + i] = static_cast<char>(i * 31);
    expected = "damaged";
  }
  CheckRefused(path, bytes, expected);
}

TEST_CASE("a project with other tables is named and left as it is") {
  const TestFolder folder;
  const fs::path path = folder / "study.lookout";
  std::string expected;
  ProjectBytes(path);
  SUBCASE("a newer project") {
    RunSql(path, "PRAGMA user_version = 99");
    expected = "newer Lookout (its tables have version 99";
  }
  SUBCASE("a project that lacks a table") {
    RunSql(path, "DROP TABLE iteration");
    expected = "its tables are not those of version 3";
  }
  SUBCASE("a project with a trigger") {
    RunSql(path, "CREATE TRIGGER t AFTER INSERT ON setting BEGIN DELETE FROM journal; END");
    expected = "its tables are not those of version 3";
  }
  CheckRefused(path, ReadFile(path), expected);
}

TEST_CASE("folders, pipes and devices are refused at once") {
  const TestFolder folder;
  CHECK(Contains(Refusal(folder.path()).message, "is a folder"));
  REQUIRE(mkfifo((folder / "pipe").c_str(), 0600) == 0);
  CHECK(Contains(Refusal(folder / "pipe").message, "no regular file"));
  CHECK(Contains(Refusal("/dev/zero").message, "no regular file"));
  CHECK_FALSE(Project::Open("", ProjectAccess::kReadWrite));
  WriteFile(folder / "file", "x");
  CHECK_FALSE(Project::Open(folder / "file/study.lookout", ProjectAccess::kReadWrite));
  CHECK(Contains(Refusal(folder / "none", ProjectAccess::kReadOnly).message, "does not exist"));
  CHECK(folder.Names() == std::vector<std::string>{"file", "pipe"});
}

TEST_CASE("a write-ahead log without its project is not given to a new one") {
  const TestFolder folder;
  WriteFile(folder / "study.lookout-wal", "somebody's marks");
  const Error error = Refusal(folder / "study.lookout");
  CHECK(error.code == ErrorCode::kBadInput);
  CHECK(Contains(error.message, "study.lookout-wal"));
  CHECK(folder.Names() == std::vector<std::string>{"study.lookout-wal"});
}

TEST_CASE("a second instance is refused and told who holds the project") {
  const TestFolder folder;
  const fs::path path = folder / "study.lookout";
  auto holder = OpenProject(path);
  const Error error = Refusal(path);
  CHECK(error.code == ErrorCode::kProjectInUse);
  CHECK_MESSAGE(Contains(error.message, fmt::format("(process {})", getpid())), error.message);
  CHECK(Contains(error.message, "--read-only"));

  SUBCASE("also by another name of the file") {
    fs::create_symlink(path, folder / "link.lookout");
    auto second = Project::Open(folder / "link.lookout", ProjectAccess::kReadWrite);
    REQUIRE_FALSE(second);
    CHECK(second.error().code == ErrorCode::kProjectInUse);
  }
  SUBCASE("until the first lets go") {
    holder.reset();
    CHECK_FALSE(OpenProject(path)->read_only());
    CHECK(folder.Names() == std::vector<std::string>{"study.lookout"});
  }
  SUBCASE("but may look, at everything that is saved") {
    const agents::JournalEntry entry = AddedMark(1);
    REQUIRE(holder->AppendJournal({&entry, 1}));
    auto looker = OpenProject(path, ProjectAccess::kReadOnly);
    CHECK(looker->read_only());
    CHECK_FALSE(looker->read_only_reason().empty());
    CHECK(looker->LoadFeedback()->marks().size() == 1);
    const agents::JournalEntry next = AddedMark(2);
    CHECK_FALSE(looker->AppendJournal({&next, 1}));
    CHECK_FALSE(looker->SaveSetting("a", "b"));
    REQUIRE(holder->AppendJournal({&next, 1}));
    CHECK(looker->LoadFeedback()->marks().size() == 1);  // as it was when opened
    CHECK(holder->LoadFeedback()->marks().size() == 2);
  }
}

TEST_CASE("a lock that a killed process left behind does not hold") {
  const TestFolder folder;
  const fs::path path = folder / "study.lookout";
  { auto project = OpenProject(path); }
  WriteFile(ProjectLock::PathFor(path), "4711\nelsewhere\nlookout\n");
  CHECK_FALSE(OpenProject(path)->read_only());
}

TEST_CASE("whatever a lock file says, the message stays printable and short") {
  const TestFolder folder;
  const fs::path path = folder / "study.lookout";
  { auto project = OpenProject(path); }
  const int descriptor =
      open(ProjectLock::PathFor(path).c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  LockAttempt held = TakeProjectLock(path);
  REQUIRE(held.outcome == LockOutcome::kTaken);
  std::string expected;
  SUBCASE("garbage") {
    WriteFile(ProjectLock::PathFor(path), std::string(5000, '\x1b'));
    expected = "is open in another program;";
  }
  SUBCASE("another machine") {
    WriteFile(ProjectLock::PathFor(path), "12\nfar\x07host\nlook\x1bout\n");
    expected = "is open in lookout (process 12 on farhost);";
  }
  const Error error = Refusal(path);
  CHECK_MESSAGE(Contains(error.message, expected), error.message);
  close(descriptor);
}

TEST_CASE("a project that another program has locked is in use, too") {
  const TestFolder folder;
  const fs::path path = folder / "study.lookout";
  { auto project = OpenProject(path); }
  int ready[2];
  REQUIRE(pipe(ready) == 0);
  const pid_t child = fork();
  if (child == 0) {
    // Like the sqlite3 shell in a transaction: it knows nothing of our lock file.
    sqlite3* database = nullptr;
    sqlite3_open(path.c_str(), &database);
    sqlite3_exec(database, "BEGIN EXCLUSIVE", nullptr, nullptr, nullptr);
    [[maybe_unused]] ssize_t written = write(ready[1], "x", 1);
    pause();
  }
  char byte = 0;
  REQUIRE(read(ready[0], &byte, 1) == 1);
  const Error error = Refusal(path);
  CHECK(error.code == ErrorCode::kProjectInUse);
  CHECK_MESSAGE(Contains(error.message, "another program"), error.message);
  kill(child, SIGKILL);
  waitpid(child, nullptr, 0);
  close(ready[0]);
  close(ready[1]);
  CHECK_FALSE(OpenProject(path)->read_only());
}

}  // namespace
}  // namespace lookout::app
