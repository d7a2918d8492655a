// The tables of a project file and how older ones become newer ones. Any thread (values only).
#pragma once

#include <cstdint>
#include <span>

#include "app/project/sqlite.h"

namespace lookout::app {

// Written into the header of every project file: "LOOK".
inline constexpr std::int32_t kApplicationId = 0x4C4F4F4B;

// Brings the tables from version `from` to `from + 1`.
struct Migration {
  int from = 0;
  const char* sql = "";
  Status (*run)(Database& database) = nullptr;  // in place of the statements
};

struct Schema {
  int version = 0;                        // stored as user_version
  const char* sql = "";                   // makes the tables of `version` in an empty database
  std::span<const Migration> migrations;  // in order of `from`
};

// What this program reads and writes.
const Schema& CurrentSchema();

// In an empty database: tables, application id and version, in one transaction.
Status CreateTables(Database& database, const Schema& schema);

// From the database's version up to the schema's, in one transaction. Rejects (kBadInput) versions
// that no migration starts from.
Status Migrate(Database& database, const Schema& schema);

// Rejects (kBadInput) a database whose tables, columns or column types differ from the schema's, or
// that has triggers or views.
Status CheckTables(Database& database, const Schema& schema);

}  // namespace lookout::app
