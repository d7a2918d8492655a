// Cost models and training runs in the project file.
#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>

#include "app/project/run_json.h"
#include "app/project/sqlite_project.h"
#include "sim/base/log.h"

namespace lookout::app {

Status SqliteProject::SaveCostModel(const agents::CostModel& model) {
  if (Status writable = CheckWritable(); !writable) return writable;
  return database_.Run("INSERT INTO cost_model (id, bytes) VALUES (?1, ?2)", model.id().value,
                       Blob{model.Encode()});
}

Status SqliteProject::DeleteCostModel(CostModelId id) {
  if (Status writable = CheckWritable(); !writable) return writable;
  return database_.Run("DELETE FROM cost_model WHERE id = ?1", id.value);
}

Result<std::vector<agents::CostModelPtr>> SqliteProject::LoadCostModels() {
  Result<Rows> rows = database_.Query("SELECT id, bytes FROM cost_model ORDER BY id");
  if (!rows) return rows.error();
  std::vector<agents::CostModelPtr> models;
  while (rows->Next()) {
    Result<agents::CostModelPtr> model = agents::DecodeCostModel(rows->Bytes(1));
    if (model) {
      models.push_back(std::move(model).value());
    } else {
      LogWarning(fmt::format("Cost model {} cannot be read: {}", rows->Integer(0),
                             model.error().message));  // the others still serve
    }
  }
  if (!rows->status()) return rows->status().error();
  return models;
}

Status SqliteProject::SaveRun(const StoredRun& run) {
  if (Status writable = CheckWritable(); !writable) return writable;
  const Status saved = database_.Run(
      "INSERT INTO run (id, environment, settings, started_unix_ms) VALUES (?1, ?2, ?3, ?4) "
      "ON CONFLICT (id) DO UPDATE SET environment = excluded.environment, "
      "settings = excluded.settings, started_unix_ms = excluded.started_unix_ms",
      run.id.value, run.environment, EncodeSettings(run.settings), run.started_unix_ms);
  if (saved) next_run_id_ = std::max(next_run_id_, RunId{run.id.value + 1});
  return saved;
}

Status SqliteProject::SaveIteration(RunId run, const agents::IterationReport& report) {
  if (Status writable = CheckWritable(); !writable) return writable;
  return database_.InTransaction([&]() -> Status {
    // A run that went back to its checkpoint tells its later iterations anew.
    for (const char* forget : {"DELETE FROM iteration WHERE run = ?1 AND iteration >= ?2",
                               "DELETE FROM policy WHERE run = ?1 AND iteration >= ?2"}) {
      if (Status forgotten = database_.Run(forget, run.value, report.iteration); !forgotten) {
        return forgotten;
      }
    }
    return database_.Run("INSERT INTO iteration (run, iteration, report) VALUES (?1, ?2, ?3)",
                         run.value, report.iteration, EncodeReport(report));
  });
}

Status SqliteProject::SaveCheckpoint(RunId run, std::string_view checkpoint) {
  if (Status writable = CheckWritable(); !writable) return writable;
  return database_.Run("INSERT OR REPLACE INTO checkpoint (run, bytes) VALUES (?1, ?2)", run.value,
                       Blob{checkpoint});
}

Status SqliteProject::SavePolicy(RunId run, int iteration, std::string_view policy) {
  if (Status writable = CheckWritable(); !writable) return writable;
  return database_.Run("INSERT OR REPLACE INTO policy (run, iteration, bytes) VALUES (?1, ?2, ?3)",
                       run.value, iteration, Blob{policy});
}

Result<std::vector<agents::IterationReport>> SqliteProject::LoadHistory(RunId run) {
  Result<Rows> rows =
      database_.Query("SELECT report FROM iteration WHERE run = ?1 ORDER BY iteration", run.value);
  if (!rows) return rows.error();
  std::vector<agents::IterationReport> history;
  while (rows->Next()) {
    Result<agents::IterationReport> report = DecodeReport(rows->Bytes(0));
    if (!report) return report.error();
    history.push_back(std::move(report).value());
  }
  if (!rows->status()) return rows->status().error();
  return history;
}

Result<std::vector<int>> SqliteProject::KeptPolicies(RunId run) {
  Result<Rows> rows =
      database_.Query("SELECT iteration FROM policy WHERE run = ?1 ORDER BY iteration", run.value);
  if (!rows) return rows.error();
  std::vector<int> kept;
  while (rows->Next()) kept.push_back(static_cast<int>(rows->Integer(0)));
  if (!rows->status()) return rows->status().error();
  return kept;
}

Result<std::vector<StoredRun>> SqliteProject::Runs() {
  Result<Rows> rows =
      database_.Query("SELECT id, environment, settings, started_unix_ms FROM run ORDER BY id");
  if (!rows) return rows.error();
  std::vector<StoredRun> runs;
  while (rows->Next()) {
    StoredRun run;
    run.id.value = rows->Integer(0);
    run.environment = rows->Text(1);
    run.started_unix_ms = rows->Integer(3);
    Result<agents::TrainingSettings> settings = DecodeSettings(rows->Bytes(2));
    if (!settings) return settings.error();
    run.settings = std::move(settings).value();
    Result<std::vector<agents::IterationReport>> history = LoadHistory(run.id);
    if (!history) return history.error();
    run.history = std::move(history).value();
    Result<std::vector<int>> kept = KeptPolicies(run.id);
    if (!kept) return kept.error();
    run.kept_policies = std::move(kept).value();
    runs.push_back(std::move(run));
  }
  if (!rows->status()) return rows->status().error();
  return runs;
}

Result<std::string> SqliteProject::LoadCheckpoint(RunId run) {
  Result<Rows> rows = database_.Query("SELECT bytes FROM checkpoint WHERE run = ?1", run.value);
  if (!rows) return rows.error();
  if (rows->Next()) return rows->Text(0);
  if (!rows->status()) return rows->status().error();
  return BadInput(fmt::format("Training run {} has no checkpoint yet; start it anew.", run.value));
}

Result<std::string> SqliteProject::LoadPolicy(RunId run, int iteration) {
  Result<Rows> rows = database_.Query("SELECT bytes FROM policy WHERE run = ?1 AND iteration = ?2",
                                      run.value, iteration);
  if (!rows) return rows.error();
  if (rows->Next()) return rows->Text(0);
  if (!rows->status()) return rows->status().error();
  return BadInput(fmt::format("Training run {} kept no policy of iteration {}; choose another one.",
                              run.value, iteration));
}

}  // namespace lookout::app
