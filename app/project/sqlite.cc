#include "app/project/sqlite.h"

#include <sqlite3.h>

#include <cstring>
#include <limits>
#include <utility>

namespace lookout::app {
namespace {

// A checkpoint of large networks is some tens of megabytes; a foreign file may claim anything.
constexpr int kLongestValueBytes = 512 << 20;

Error MakeError(sqlite3* database) {
  const int system_error = sqlite3_system_errno(database);
  const std::string reason = system_error != 0 ? std::strerror(system_error) : "";
  switch (sqlite3_errcode(database) & 0xff) {
    case SQLITE_FULL:
      return {"The disk is full; free some space."};
    case SQLITE_IOERR:
      return {"The disk could not be read or written" +
              (reason.empty() ? "" : " (" + reason + ")") +
              "; check that it is connected and has space."};
    case SQLITE_READONLY:
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
      return {"The project file cannot be written" + (reason.empty() ? "" : " (" + reason + ")") +
              "; check its permissions and those of its folder."};
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return {"The project file is in use by another program; close that first.",
              ErrorCode::kProjectInUse};
    case SQLITE_CONSTRAINT:
      return BadInput(std::string("The project file does not take it (") +
                      sqlite3_errmsg(database) + "); report this as a bug.");
    case SQLITE_NOMEM:
      return {"There is not enough memory for the project file; close other programs."};
    default:
      return BadInput(std::string("The project file is damaged or not as expected (") +
                      sqlite3_errmsg(database) + "); open a copy of it that is intact.");
  }
}

}  // namespace

Rows::Rows(Rows&& other) noexcept
    : database_(other.database_),
      statement_(std::exchange(other.statement_, nullptr)),
      status_(std::move(other.status_)) {}

Rows::~Rows() {
  if (statement_ == nullptr) return;
  sqlite3_reset(statement_);
  sqlite3_clear_bindings(statement_);
}

bool Rows::Next() {
  const int code = sqlite3_step(statement_);
  if (code == SQLITE_ROW) return true;
  if (code != SQLITE_DONE) status_ = MakeError(database_);
  return false;
}

std::int64_t Rows::Integer(int column) const { return sqlite3_column_int64(statement_, column); }

double Rows::Real(int column) const {
  // SQLite stores NaN as NULL.
  if (sqlite3_column_type(statement_, column) == SQLITE_NULL) {
    return std::numeric_limits<double>::quiet_NaN();
  }
  return sqlite3_column_double(statement_, column);
}

std::string_view Rows::Bytes(int column) const {
  const void* bytes = sqlite3_column_blob(statement_, column);
  const int size = sqlite3_column_bytes(statement_, column);
  return bytes == nullptr ? std::string_view{}
                          : std::string_view(static_cast<const char*>(bytes), size);
}

void Database::CloseDatabase::operator()(sqlite3* database) const { sqlite3_close_v2(database); }

void Database::FinalizeStatement::operator()(sqlite3_stmt* statement) const {
  sqlite3_finalize(statement);
}

Result<Database> Database::Open(const std::filesystem::path& path, OpenMode mode) {
  int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
  if (mode == OpenMode::kCreate) flags |= SQLITE_OPEN_CREATE;
  sqlite3* handle = nullptr;
  const int code = sqlite3_open_v2(path.c_str(), &handle, flags, nullptr);
  Database database(handle);
  if (handle == nullptr) return Error{"There is not enough memory for the project file."};
  if (code != SQLITE_OK) return MakeError(handle);

  sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  for (const int option :
       {SQLITE_DBCONFIG_TRUSTED_SCHEMA, SQLITE_DBCONFIG_ENABLE_TRIGGER, SQLITE_DBCONFIG_ENABLE_VIEW,
        SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, SQLITE_DBCONFIG_DQS_DDL, SQLITE_DBCONFIG_DQS_DML}) {
    sqlite3_db_config(handle, option, 0, nullptr);
  }
  sqlite3_limit(handle, SQLITE_LIMIT_LENGTH, kLongestValueBytes);
  const Status safe = database.Execute(
      "PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0; PRAGMA temp_store = MEMORY;");
  if (!safe) return safe.error();
  return database;
}

Status Database::Execute(const char* sql) {
  if (sqlite3_exec(database_.get(), sql, nullptr, nullptr, nullptr) == SQLITE_OK) return {};
  return LastError();
}

Result<sqlite3_stmt*> Database::Prepared(std::string_view sql) {
  StatementPtr& kept = statements_[sql];
  if (kept == nullptr) {
    sqlite3_stmt* statement = nullptr;
    const int code = sqlite3_prepare_v3(database_.get(), sql.data(), static_cast<int>(sql.size()),
                                        SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
    if (code != SQLITE_OK) return LastError();
    kept.reset(statement);
  }
  LOOKOUT_CHECK(sqlite3_stmt_busy(kept.get()) == 0, "a query is run again inside its own rows");
  return kept.get();
}

int Database::Bind(Binding binding, sqlite3_stmt* statement, int index, std::string_view text) {
  const char* begin = text.data() == nullptr ? "" : text.data();  // a null pointer would bind NULL
  return sqlite3_bind_text64(statement, index, begin, text.size(),
                             binding == Binding::kCopies ? SQLITE_TRANSIENT : SQLITE_STATIC,
                             SQLITE_UTF8);
}

int Database::Bind(Binding binding, sqlite3_stmt* statement, int index, const Blob& blob) {
  const char* begin = blob.bytes.data() == nullptr ? "" : blob.bytes.data();
  return sqlite3_bind_blob64(statement, index, begin, blob.bytes.size(),
                             binding == Binding::kCopies ? SQLITE_TRANSIENT : SQLITE_STATIC);
}

int Database::Bind(Binding /*binding*/, sqlite3_stmt* statement, int index, double value) {
  return sqlite3_bind_double(statement, index, value);
}

int Database::Bind(Binding /*binding*/, sqlite3_stmt* statement, int index, std::int64_t value) {
  return sqlite3_bind_int64(statement, index, value);
}

Status Database::Begin() { return Run("BEGIN IMMEDIATE"); }

Status Database::Commit() { return Run("COMMIT"); }

void Database::Rollback() {
  // What failed is already being reported; a rollback has nothing to add.
  if (in_transaction()) static_cast<void>(Run("ROLLBACK"));
}

bool Database::in_transaction() const { return sqlite3_get_autocommit(database_.get()) == 0; }

Error Database::LastError() const { return MakeError(database_.get()); }

void Database::SetCheckpointPages(int pages) { sqlite3_wal_autocheckpoint(database_.get(), pages); }

void Database::SetCheckpointOnClose(bool enabled) {
  sqlite3_db_config(database_.get(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, enabled ? 0 : 1, nullptr);
}

}  // namespace lookout::app
