#include "app/project/schema.h"

#include <fmt/format.h>

#include <array>
#include <string>

#include "app/project/journal_rows.h"

namespace lookout::app {
namespace {

// REAL columns may be NULL, which is how SQLite stores NaN.
constexpr char kTables[] = R"sql(
CREATE TABLE setting (
  key TEXT PRIMARY KEY NOT NULL,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- AUTOINCREMENT: the id of a pruned episode is never given to another one.
CREATE TABLE episode (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  header TEXT NOT NULL,
  steps INTEGER NOT NULL,
  episode_return REAL,
  cost REAL,
  predicted_cost REAL,
  finished INTEGER NOT NULL
) STRICT;

CREATE TABLE chunk (
  episode INTEGER NOT NULL REFERENCES episode (id),
  first_step INTEGER NOT NULL,
  bytes BLOB NOT NULL,
  UNIQUE (episode, first_step)
) STRICT;

CREATE TABLE cost_model (
  id INTEGER PRIMARY KEY,
  bytes BLOB NOT NULL
) STRICT;

CREATE TABLE run (
  id INTEGER PRIMARY KEY,
  environment TEXT NOT NULL,
  settings TEXT NOT NULL,
  started_unix_ms INTEGER NOT NULL
) STRICT;

CREATE TABLE iteration (
  run INTEGER NOT NULL REFERENCES run (id),
  iteration INTEGER NOT NULL,
  report TEXT NOT NULL,
  PRIMARY KEY (run, iteration)
) STRICT, WITHOUT ROWID;

CREATE TABLE checkpoint (
  run INTEGER PRIMARY KEY REFERENCES run (id),
  bytes BLOB NOT NULL
) STRICT;
)sql";

// Since version 2: the policies of a run along the way.
constexpr char kPolicyTable[] = R"sql(
CREATE TABLE policy (
  run INTEGER NOT NULL REFERENCES run (id),
  iteration INTEGER NOT NULL,
  bytes BLOB NOT NULL,
  PRIMARY KEY (run, iteration)
) STRICT;
)sql";

// Since version 3: feedback of any kind. Append-only. A record belongs to an entry, so nothing here
// refers to the episode table: feedback is on disk before the episode that it is about.
constexpr char kJournalTables[] = R"sql(
CREATE TABLE journal (
  sequence INTEGER PRIMARY KEY,
  op INTEGER NOT NULL,
  target INTEGER NOT NULL,
  unix_ms INTEGER NOT NULL,
  annotator TEXT NOT NULL,
  record INTEGER NOT NULL,
  kind TEXT NOT NULL,
  version INTEGER NOT NULL,
  content BLOB NOT NULL,
  record_annotator TEXT NOT NULL,
  created_unix_ms INTEGER NOT NULL,
  time_spent_ms INTEGER NOT NULL,
  on_screen TEXT NOT NULL
) STRICT;

-- The episodes that an entry's record is about, in its order.
CREATE TABLE journal_episode (
  sequence INTEGER NOT NULL REFERENCES journal (sequence),
  place INTEGER NOT NULL,
  episode INTEGER NOT NULL,
  PRIMARY KEY (sequence, place)
) STRICT, WITHOUT ROWID;
CREATE INDEX journal_by_episode ON journal_episode (episode);
)sql";

// Until version 2 a journal of marks alone.
constexpr char kPutMarksAside[] = R"sql(
DROP INDEX journal_by_episode;
ALTER TABLE journal RENAME TO journal_of_marks;
)sql";

// Brings the journal of marks over, entry by entry.
Status MigrateMarks(Database& database) {
  if (Status done = database.Execute(kPutMarksAside); !done) return done;
  if (Status done = database.Execute(kJournalTables); !done) return done;
  if (Status done = CopyJournalOfMarks(database); !done) return done;
  return database.Execute("DROP TABLE journal_of_marks");
}

constexpr std::array kMigrations{Migration{.from = 1, .sql = kPolicyTable},
                                 Migration{.from = 2, .run = MigrateMarks}};

Result<int> Version(Database& database) {
  const Result<std::int64_t> version = database.QueryInteger("PRAGMA user_version");
  if (!version) return version.error();
  return static_cast<int>(*version);
}

Status SetVersion(Database& database, int version) {
  return database.Execute(fmt::format("PRAGMA user_version = {}", version).c_str());
}

// Every column of every table in one text, and whatever else the schema holds by its name.
Result<std::string> Describe(Database& database) {
  Result<Rows> rows = database.Query(
      "SELECT s.type, s.name, c.name, c.type FROM sqlite_schema AS s "
      "LEFT JOIN pragma_table_info(s.name) AS c ON s.type = 'table' "
      "WHERE s.name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY s.type, s.name, c.name");
  if (!rows) return rows.error();
  std::string text;
  while (rows->Next()) {
    for (int column = 0; column < 4; ++column) text.append(rows->Bytes(column)).append(" ");
    text += '\n';
  }
  if (!rows->status()) return rows->status().error();
  return text;
}

Status Step(Database& database, std::span<const Migration> migrations, int from) {
  for (const Migration& migration : migrations) {
    if (migration.from != from) continue;
    const Status done =
        migration.run != nullptr ? migration.run(database) : database.Execute(migration.sql);
    if (!done) return done;
    return SetVersion(database, from + 1);
  }
  return BadInput(
      fmt::format("it has version {} of the tables, which this program cannot bring up to date; "
                  "open it with the Lookout that made it",
                  from));
}

}  // namespace

const Schema& CurrentSchema() {
  static const std::string tables = std::string(kTables) + kPolicyTable + kJournalTables;
  static const Schema schema{.version = 3, .sql = tables.c_str(), .migrations = kMigrations};
  return schema;
}

Status CreateTables(Database& database, const Schema& schema) {
  return database.InTransaction([&]() -> Status {
    const std::string id = fmt::format("PRAGMA application_id = {}", kApplicationId);
    if (Status done = database.Execute(id.c_str()); !done) return done;
    if (Status done = database.Execute(schema.sql); !done) return done;
    return SetVersion(database, schema.version);
  });
}

Status Migrate(Database& database, const Schema& schema) {
  return database.InTransaction([&]() -> Status {
    Result<int> version = Version(database);
    if (!version) return version.error();
    for (int from = *version; from < schema.version; ++from) {
      if (Status done = Step(database, schema.migrations, from); !done) return done;
    }
    return {};
  });
}

Status CheckTables(Database& database, const Schema& schema) {
  Result<Database> blank = Database::Open(":memory:", OpenMode::kCreate);
  if (!blank) return blank.error();
  if (Status done = CreateTables(*blank, schema); !done) return done;
  const Result<std::string> expected = Describe(*blank);
  if (!expected) return expected.error();
  const Result<std::string> found = Describe(database);
  if (!found) return found.error();
  if (*found == *expected) return {};
  return BadInput(fmt::format(
      "its tables are not those of version {}; open a copy of it that is intact", schema.version));
}

}  // namespace lookout::app
