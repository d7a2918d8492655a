// SQLite as values that clean up after themselves: a database, its cached statements, their rows.
// One owner, one thread. Failures are Errors that name the cause and, where there is one, the way
// out.
#pragma once

#include <concepts>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>

#include "sim/base/result.h"

struct sqlite3;
struct sqlite3_stmt;

namespace lookout::app {

// Bytes to bind as a BLOB (a plain string_view binds as TEXT).
struct Blob {
  std::string_view bytes;
};

// The rows of a query that runs; going out of scope ends it and frees its statement for reuse.
class Rows {
 public:
  Rows(sqlite3* database, sqlite3_stmt* statement) : database_(database), statement_(statement) {}
  Rows(Rows&& other) noexcept;
  Rows& operator=(Rows&&) = delete;
  ~Rows();

  // Moves to the next row; false at the end and after a failure, which status() tells apart.
  bool Next();
  const Status& status() const { return status_; }

  // Columns of the present row, from 0. NULL reads as 0, NaN and "".
  std::int64_t Integer(int column) const;
  double Real(int column) const;
  std::string_view Bytes(int column) const;  // TEXT or BLOB; valid until Next
  std::string Text(int column) const { return std::string(Bytes(column)); }

 private:
  sqlite3* database_;
  sqlite3_stmt* statement_;
  Status status_;
};

enum class OpenMode : std::uint8_t { kExisting, kCreate };

class Database {
 public:
  // Opens one connection with everything switched off that a foreign file could misuse: no trusted
  // schema, no triggers or views, defensive, no memory mapping, cells checked.
  static Result<Database> Open(const std::filesystem::path& path, OpenMode mode);

  // One or several statements without parameters and results.
  Status Execute(const char* sql);

  // `sql` must be a literal: prepared statements are kept and found again by its text.
  template <typename... Values>
  Result<Rows> Query(std::string_view sql, const Values&... values);
  // A statement without rows.
  template <typename... Values>
  Status Run(std::string_view sql, const Values&... values);
  // The first column of the first row; 0 if there is none.
  template <typename... Values>
  Result<std::int64_t> QueryInteger(std::string_view sql, const Values&... values);

  // Runs `work` (returning Status) in one transaction: all of it or, on failure, nothing. Inside
  // another transaction it joins that one.
  template <typename Work>
  Status InTransaction(Work&& work);

  // Write-ahead frames after which a commit also copies them into the file.
  void SetCheckpointPages(int pages);
  // Until it is trusted, closing must not copy anything into the file.
  void SetCheckpointOnClose(bool enabled);

 private:
  struct CloseDatabase {
    void operator()(sqlite3* database) const;
  };
  struct FinalizeStatement {
    void operator()(sqlite3_stmt* statement) const;
  };
  using StatementPtr = std::unique_ptr<sqlite3_stmt, FinalizeStatement>;

  explicit Database(sqlite3* database) : database_(database) {}

  // Whether texts and bytes are copied or, as they outlive the statement's run, are not.
  enum class Binding : std::uint8_t { kCopies, kRefers };

  Result<sqlite3_stmt*> Prepared(std::string_view sql);
  template <typename... Values>
  Result<Rows> Bound(Binding binding, std::string_view sql, const Values&... values);
  static int Bind(Binding binding, sqlite3_stmt* statement, int index, std::string_view text);
  static int Bind(Binding binding, sqlite3_stmt* statement, int index, const Blob& blob);
  static int Bind(Binding binding, sqlite3_stmt* statement, int index, double value);
  static int Bind(Binding binding, sqlite3_stmt* statement, int index, std::int64_t value);
  static int Bind(Binding binding, sqlite3_stmt* statement, int index, std::integral auto value) {
    return Bind(binding, statement, index, static_cast<std::int64_t>(value));
  }
  Status Begin();
  Status Commit();
  void Rollback();  // if a transaction is still open; SQLite may have ended it by itself
  bool in_transaction() const;
  Error LastError() const;

  std::unique_ptr<sqlite3, CloseDatabase> database_;
  std::unordered_map<std::string_view, StatementPtr> statements_;  // dies before the database
};

template <typename... Values>
Result<Rows> Database::Query(std::string_view sql, const Values&... values) {
  return Bound(Binding::kCopies, sql, values...);
}

template <typename... Values>
Result<Rows> Database::Bound([[maybe_unused]] Binding binding, std::string_view sql,
                             const Values&... values) {
  const Result<sqlite3_stmt*> statement = Prepared(sql);
  if (!statement) return statement.error();
  Rows rows(database_.get(), *statement);
  int index = 0;
  if (const bool bound = ((Bind(binding, *statement, ++index, values) == 0) && ...); !bound) {
    return LastError();
  }
  return rows;
}

template <typename... Values>
Status Database::Run(std::string_view sql, const Values&... values) {
  Result<Rows> rows = Bound(Binding::kRefers, sql, values...);  // which end with this call
  if (!rows) return rows.error();
  rows->Next();
  return rows->status();
}

template <typename... Values>
Result<std::int64_t> Database::QueryInteger(std::string_view sql, const Values&... values) {
  Result<Rows> rows = Query(sql, values...);
  if (!rows) return rows.error();
  if (rows->Next()) return rows->Integer(0);
  if (!rows->status()) return rows->status().error();
  return std::int64_t{0};
}

template <typename Work>
Status Database::InTransaction(Work&& work) {
  if (in_transaction()) return work();
  if (Status begun = Begin(); !begun) return begun;
  Status done = work();
  if (done) done = Commit();
  if (!done) Rollback();
  return done;
}

}  // namespace lookout::app
