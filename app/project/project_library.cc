// What the project keeps of a person's notes on episodes and runs, and their removal.
#include "app/project/sqlite_project.h"

namespace lookout::app {

std::map<std::string, std::string> SqliteProject::Settings(std::string_view prefix) {
  std::map<std::string, std::string> settings;
  Result<Rows> rows = database_.Query(
      "SELECT key, value FROM setting WHERE substr(key, 1, length(?1)) = ?1", prefix);
  while (rows && rows->Next()) settings[rows->Text(0)] = rows->Text(1);
  return settings;
}

Status SqliteProject::EraseSetting(std::string_view key) {
  if (Status writable = CheckWritable(); !writable) return writable;
  return database_.Run("DELETE FROM setting WHERE key = ?1", key);
}

Status SqliteProject::RemoveEpisode(EpisodeId id) {
  if (Status writable = CheckWritable(); !writable) return writable;
  return database_.InTransaction([&]() -> Status {
    Status gone = database_.Run("DELETE FROM chunk WHERE episode = ?1", id.value);
    if (!gone) return gone;
    return database_.Run("DELETE FROM episode WHERE id = ?1", id.value);
  });
}

Status SqliteProject::RemoveRun(RunId id) {
  if (Status writable = CheckWritable(); !writable) return writable;
  return database_.InTransaction([&]() -> Status {
    for (const char* sql :
         {"DELETE FROM policy WHERE run = ?1", "DELETE FROM checkpoint WHERE run = ?1",
          "DELETE FROM iteration WHERE run = ?1", "DELETE FROM run WHERE id = ?1"}) {
      if (Status gone = database_.Run(sql, id.value); !gone) return gone;
    }
    return {};
  });
}

}  // namespace lookout::app
