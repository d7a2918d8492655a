#include "app/project/sqlite_project.h"

#include <algorithm>
#include <utility>

namespace lookout::app {

namespace fs = std::filesystem;

Result<std::unique_ptr<Project>> Project::Open(const fs::path& path, ProjectAccess access) {
  Result<ProjectFile> file = OpenProjectFile(path, access, CurrentSchema());
  if (!file) return file.error();
  auto project = std::make_unique<SqliteProject>(std::move(file).value());
  if (Status started = project->Start(); !started) return started.error();
  return std::unique_ptr<Project>(std::move(project));
}

Status SqliteProject::Start() {
  // The journal may know an episode that a crash kept from being written.
  const Result<std::int64_t> episode = database_.QueryInteger(
      "SELECT max((SELECT ifnull(max(seq), 0) FROM sqlite_sequence WHERE name = 'episode'), "
      "(SELECT ifnull(max(episode), 0) FROM journal_episode))");
  if (!episode) return episode.error();
  const Result<std::int64_t> run = database_.QueryInteger("SELECT ifnull(max(id), 0) FROM run");
  if (!run) return run.error();
  next_episode_id_.value = *episode + 1;
  next_run_id_.value = *run + 1;
  return {};
}

Status SqliteProject::CheckWritable() const {
  if (!read_only()) return {};
  return Error{"The project is open for reading only. " + read_only_reason()};
}

Status SqliteProject::SaveSetting(std::string_view key, std::string_view value) {
  if (Status writable = CheckWritable(); !writable) return writable;
  return database_.Run(
      "INSERT INTO setting (key, value) VALUES (?1, ?2) "
      "ON CONFLICT (key) DO UPDATE SET value = excluded.value",
      key, value);
}

std::string SqliteProject::Setting(std::string_view key, std::string_view fallback) {
  Result<Rows> rows = database_.Query("SELECT value FROM setting WHERE key = ?1", key);
  return rows && rows->Next() ? rows->Text(0) : std::string(fallback);
}

Status SqliteProject::Together(const std::function<Status()>& writes) {
  if (Status writable = CheckWritable(); !writable) return writable;
  return database_.InTransaction(writes);
}

Status SqliteProject::CopyTo(const fs::path& target) {
  std::error_code error;
  if (fs::exists(fs::symlink_status(target, error))) {
    return BadInput(target.string() + " exists already and is not replaced; choose another name.");
  }
  TemporaryFile copy(target);
  const Status copied = database_.Run("VACUUM INTO ?1", copy.path().string());
  return copied ? copy.MoveTo(target) : copied;
}

}  // namespace lookout::app
