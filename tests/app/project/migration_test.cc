#include <doctest/doctest.h>

#include <array>
#include <filesystem>
#include <string>

#include "app/project/project_file.h"
#include "tests/support/project_samples.h"

namespace lookout::app {
namespace {

namespace fs = std::filesystem;
using test::TestFolder;

// The schema of a Lookout to come: the present tables, feedback with a colour, and one more table.
constexpr std::array kSteps{
    Migration{.from = 3,
              .sql = "ALTER TABLE journal ADD COLUMN colour TEXT NOT NULL DEFAULT 'red'"},
    Migration{.from = 4, .sql = "CREATE TABLE lesson (id INTEGER PRIMARY KEY) STRICT"}};

std::string FutureTables() {
  return std::string(CurrentSchema().sql) + kSteps[0].sql + ";" + kSteps[1].sql + ";";
}

Schema Future(const std::string& tables) {
  return {.version = 5, .sql = tables.c_str(), .migrations = kSteps};
}

void MakePresentProject(const fs::path& path) {
  const agents::JournalEntry entry = test::AddedMark(1);
  REQUIRE(test::OpenProject(path)->AppendJournal({&entry, 1}));
}

TEST_CASE("an older project is backed up beside itself, then migrated") {
  const TestFolder folder;
  const fs::path path = folder / "study.lookout";
  MakePresentProject(path);
  const std::string tables = FutureTables();
  test::WriteFile(folder / "study.version-3.lookout", "a backup of an earlier try");
  {
    auto file = OpenProjectFile(path, ProjectAccess::kReadWrite, Future(tables));
    REQUIRE(file);
    CHECK(file->read_only_reason.empty());
    CHECK(file->kept_copy == folder / "study.version-3-2.lookout");
    auto rows = file->database.Query("SELECT colour, content FROM journal");
    REQUIRE(rows);
    REQUIRE(rows->Next());
    CHECK(rows->Text(0) == "red");
    CHECK(rows->Text(1) == test::AddedMark(1).record.content);
  }
  CHECK(*OpenProjectFile(path, ProjectAccess::kReadWrite, Future(tables))
             ->database.QueryInteger("PRAGMA user_version") == 5);
  CHECK_FALSE(Project::Open(path, ProjectAccess::kReadWrite));  // the old program refuses it
  CHECK(folder.Names() == std::vector<std::string>{"study.lookout", "study.version-3-2.lookout",
                                                   "study.version-3.lookout"});
  CHECK(test::ReadFile(folder / "study.version-3.lookout") == "a backup of an earlier try");
  auto backup = test::OpenProject(folder / "study.version-3-2.lookout");
  CHECK(backup->LoadFeedback()->marks().size() == 1);
}

TEST_CASE("an older project that is only looked at is left as it is") {
  const TestFolder folder;
  const fs::path path = folder / "study.lookout";
  MakePresentProject(path);
  const std::string before = test::ReadFile(path);
  const std::string tables = FutureTables();
  {
    auto file = OpenProjectFile(path, ProjectAccess::kReadOnly, Future(tables));
    REQUIRE(file);
    CHECK(*file->database.QueryInteger("SELECT count(*) FROM journal WHERE colour = 'red'") == 1);
  }
  CHECK(test::ReadFile(path) == before);
  CHECK(folder.Names() == std::vector<std::string>{"study.lookout"});
}

TEST_CASE("a migration that fails half way leaves the old project") {
  const TestFolder folder;
  const fs::path path = folder / "study.lookout";
  MakePresentProject(path);
  const std::string tables = FutureTables();
  const std::array broken{kSteps[0], Migration{.from = 4, .sql = "DROP TABLE journal; nonsense"}};
  const Schema schema{.version = 5, .sql = tables.c_str(), .migrations = broken};
  CHECK_FALSE(OpenProjectFile(path, ProjectAccess::kReadWrite, schema));
  CHECK(test::OpenProject(path)->LoadFeedback()->marks().size() == 1);
}

TEST_CASE("a version that no migration starts from is named") {
  const TestFolder folder;
  const fs::path path = folder / "study.lookout";
  MakePresentProject(path);
  const std::string tables = FutureTables();
  const Schema schema{
      .version = 5, .sql = tables.c_str(), .migrations = std::span(kSteps).subspan(1)};
  const auto file = OpenProjectFile(path, ProjectAccess::kReadWrite, schema);
  REQUIRE_FALSE(file);
  CHECK(file.error().code == ErrorCode::kBadInput);
  CHECK(file.error().message.find("version 3") != std::string::npos);
  CHECK(test::OpenProject(path)->LoadFeedback()->marks().size() == 1);
}

TEST_CASE("a project of version 1 keeps its runs and marks and can keep policies") {
  const TestFolder folder;
  const fs::path path = folder / "study.lookout";
  fs::copy_file(fs::path(LOOKOUT_SOURCE_DIR) / "tests/fixtures/v0.1/study.lookout", path);
  {
    auto database = Database::Open(path.string(), OpenMode::kExisting);
    REQUIRE(database);
    REQUIRE(database->Execute("DROP TABLE policy; PRAGMA user_version = 1"));
  }
  {
    auto project = test::OpenProject(path);
    REQUIRE(project->Runs()->size() == 1);
    const RunId run = project->Runs()->front().id;
    REQUIRE(project->SavePolicy(run, 7, "policy"));
    CHECK(*project->LoadPolicy(run, 7) == "policy");
    CHECK(project->LoadFeedback()->marks().size() == 3);
  }
  CHECK(folder.Names() == std::vector<std::string>{"study.lookout", "study.version-1.lookout"});
}

}  // namespace
}  // namespace lookout::app
