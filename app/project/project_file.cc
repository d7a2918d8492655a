#include "app/project/project_file.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <string>

#include "app/project/project_header.h"
#include "sim/base/log.h"

namespace lookout::app {
namespace {

namespace fs = std::filesystem;

Error About(const fs::path& path, const Error& error) {
  return {path.string() + ": " + error.message, error.code};
}

fs::path FolderOf(const fs::path& path) { return path.parent_path(); }

// Absolute, with links followed, so that every way to a project leads to one lock. Rejects whatever
// is there and is no regular file.
Result<fs::path> Resolve(const fs::path& path) {
  std::error_code error;
  if (path.empty()) return BadInput("The project file needs a name, such as study.lookout.");
  fs::path whole = fs::weakly_canonical(fs::absolute(path, error), error);
  if (error) {
    return BadInput(path.string() + " cannot be reached (" + error.message() +
                    "); check the spelling and permissions of its folders.");
  }
  const fs::file_status found = fs::status(whole, error);
  if (!fs::exists(found) || fs::is_regular_file(found)) return whole;
  if (fs::is_directory(found)) {
    return BadInput(whole.string() + " is a folder; name a file in it, such as " +
                    (whole / "study.lookout").string() + ".");
  }
  return BadInput(whole.string() + " is no regular file; choose another one.");
}

// Why an existing project can only be looked at; empty if it can be written.
std::string WhyReadOnly(const fs::path& path) {
  if (eaccess(path.c_str(), W_OK) != 0) {
    return "The file cannot be written (" + std::string(std::strerror(errno)) + ").";
  }
  if (eaccess(FolderOf(path).c_str(), W_OK | X_OK) != 0) {
    return "Its folder cannot be written (" + std::string(std::strerror(errno)) + ").";
  }
  return {};
}

Status CheckPages(Database& database) {
  Result<Rows> rows = database.Query("PRAGMA quick_check(1)");
  if (!rows) return rows.error();
  const bool has_row = rows->Next();
  if (!rows->status()) return rows->status();
  if (has_row && rows->Bytes(0) == "ok") return {};
  return BadInput("it is damaged (" + rows->Text(0) + "); open a copy of it that is intact.");
}

// A copy of the project as it was, beside it: study.version-1.lookout. Gives its path.
Result<fs::path> BackUp(Database& database, const fs::path& path, std::int64_t version) {
  const std::string stem = fmt::format("{}.version-{}", path.stem().string(), version);
  fs::path target = FolderOf(path) / (stem + path.extension().string());
  std::error_code error;
  for (int i = 2; fs::exists(fs::symlink_status(target, error)); ++i) {
    target = FolderOf(path) / fmt::format("{}-{}{}", stem, i, path.extension().string());
  }
  TemporaryFile copy(target);
  Status kept = database.Run("VACUUM INTO ?1", copy.path().string());
  if (kept) kept = copy.MoveTo(target);
  if (!kept) return kept.error();
  return target;
}

// Checks a file that opened as a database and brings its tables up to date. `backup` names the
// project to back up before that; empty: it is a copy already. `kept_copy` becomes what was made.
Status Adopt(Database& database, const Schema& schema, const fs::path& backup,
             fs::path& kept_copy) {
  if (Status whole = CheckPages(database); !whole) return whole;
  const Result<std::int64_t> version = database.QueryInteger("PRAGMA user_version");
  if (!version) return version.error();
  if (*version > schema.version) return BadInput("it was written by a newer Lookout; update it.");
  if (*version < schema.version) {
    if (!backup.empty()) {
      Result<fs::path> saved = BackUp(database, backup, *version);
      if (!saved) return saved.error();
      kept_copy = std::move(*saved);
    }
    if (Status migrated = Migrate(database, schema); !migrated) return migrated;
  }
  return CheckTables(database, schema);
}

// EXCLUSIVE before WAL: no shared memory, so no second connection can ever meet this one.
Status BecomeWriter(Database& database) {
  Result<Rows> mode = database.Query("PRAGMA journal_mode = WAL");
  if (!mode) return mode.error();
  const bool is_wal = mode->Next() && mode->Bytes(0) == "wal";
  if (!mode->status()) return mode->status();
  if (!is_wal)
    return Error{"its folder does not allow a write-ahead log; move it to another disk."};
  return {};
}

// Looking at a file in write-ahead mode makes an empty log; a file that is refused gets none.
void RemoveEmptyLog(const fs::path& path) {
  const fs::path log = path.string() + "-wal";
  std::error_code error;
  if (fs::file_size(log, error) == 0 && !error) fs::remove(log, error);
}

Result<Database> OpenChecked(const fs::path& path, const Schema& schema, const fs::path& backup,
                             fs::path& kept_copy) {
  Result<Database> database = Database::Open(path, OpenMode::kExisting);
  if (!database) return database.error();
  database->SetCheckpointOnClose(false);
  Status done = database->Execute(
      "PRAGMA locking_mode = EXCLUSIVE; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;");
  if (done) done = Adopt(*database, schema, backup, kept_copy);
  if (done) done = BecomeWriter(*database);
  if (!done) return done.error();
  database->SetCheckpointOnClose(true);
  return database;
}

Result<ProjectFile> OpenForReading(const fs::path& path, std::string reason, const Schema& schema) {
  if (Status checked = CheckProjectFile(path, schema.version); !checked) return checked.error();
  Result<PrivateCopy> copy = CopyProject(path);
  if (!copy) return copy.error();
  // The copy is ours to recover, migrate and lock; the original is not touched.
  if (Status checked = CheckProjectFile(copy->path, schema.version); !checked) {
    return checked.error();
  }
  fs::path none;
  Result<Database> database = OpenChecked(copy->path, schema, {}, none);
  if (!database) return About(path, database.error());
  return ProjectFile{.path = path,
                     .read_only_reason = std::move(reason),
                     .lock = {},
                     .copy = std::move(copy->folder),
                     .database = std::move(database).value()};
}

// Written under another name first: a project is there whole or not at all.
Status CreateFile(const fs::path& path, const Schema& schema) {
  for (const char* suffix : {"-wal", "-journal"}) {
    const fs::path log = path.string() + suffix;
    std::error_code error;
    if (fs::exists(fs::symlink_status(log, error))) {
      return BadInput(path.string() + " is missing, but " + log.string() +
                      " of it is there; put the project back beside it, or move that file away.");
    }
  }
  TemporaryFile fresh(path);
  {
    Result<Database> database = Database::Open(fresh.path(), OpenMode::kCreate);
    if (!database) return About(path, database.error());
    if (Status made = CreateTables(*database, schema); !made) return About(path, made.error());
  }
  return fresh.MoveTo(path);
}

Error InUse(const fs::path& path, const std::string& holder) {
  return {path.string() + " is open in " + holder +
              "; close it there, or open it here with --read-only.",
          ErrorCode::kProjectInUse};
}

Status MakeFolder(const fs::path& path) {
  std::error_code error;
  fs::create_directories(FolderOf(path), error);
  if (!error) return {};
  return Error{"The folder " + FolderOf(path).string() + " cannot be made (" + error.message() +
               "); choose another place for the project."};
}

Result<ProjectFile> OpenForWriting(const fs::path& path, const Schema& schema) {
  LockAttempt attempt = TakeProjectLock(path);
  if (attempt.outcome == LockOutcome::kHeld) return InUse(path, attempt.detail);
  std::error_code error;
  const bool exists = fs::exists(path, error);
  if (attempt.outcome == LockOutcome::kNotWritable) {
    if (exists) {
      return OpenForReading(path, "Its folder cannot be written (" + attempt.detail + ").", schema);
    }
    return Error{path.string() + " cannot be made (" + attempt.detail +
                 "); choose another place for the project."};
  }
  if (attempt.outcome == LockOutcome::kNotSupported) {
    LogWarning(path.string() + " is on a drive without file locks (" + attempt.detail +
               "); do not open it on two machines at once.");
  }
  const Status there = exists ? CheckProjectFile(path, schema.version) : CreateFile(path, schema);
  if (!there) return there.error();
  fs::path kept_copy;
  Result<Database> database = OpenChecked(path, schema, path, kept_copy);
  if (!database) {
    if (database.error().code == ErrorCode::kProjectInUse) return InUse(path, "another program");
    RemoveEmptyLog(path);
    return About(path, database.error());
  }
  return ProjectFile{.path = path,
                     .read_only_reason = {},
                     .lock = std::move(attempt.lock),
                     .copy = {},
                     .kept_copy = std::move(kept_copy),
                     .database = std::move(database).value()};
}

}  // namespace

Result<ProjectFile> OpenProjectFile(const fs::path& path, ProjectAccess access,
                                    const Schema& schema) {
  Result<fs::path> whole = Resolve(path);
  if (!whole) return whole.error();
  std::error_code error;
  const bool exists = fs::exists(*whole, error);
  if (access == ProjectAccess::kReadOnly) {
    if (exists) return OpenForReading(*whole, "It was opened for reading only.", schema);
    return BadInput(whole->string() + " does not exist; check its name.");
  }
  if (exists) {
    if (std::string reason = WhyReadOnly(*whole); !reason.empty()) {
      return OpenForReading(*whole, std::move(reason), schema);
    }
  } else if (Status made = MakeFolder(*whole); !made) {
    return made.error();
  }
  return OpenForWriting(*whole, schema);
}

}  // namespace lookout::app
