#include "app/workspace/files/opened_run.h"

#include <cmath>
#include <memory>
#include <string_view>
#include <utility>
#include <vector>

#include "app/runs/foreign_run.h"

namespace lookout::app {
namespace fs = std::filesystem;
namespace {

// One row of a log; a column that it lacks is NaN.
class LoggedRow {
 public:
  LoggedRow(const ProgressTable& log, std::size_t row) : log_(log), row_(row) {}

  double operator[](std::string_view column) const {
    const std::vector<double>& values = log_[column];
    return values.empty() ? NAN : values[row_];
  }
  // A count; 0 where the log has none.
  template <typename Count>
  Count CountOf(std::string_view column) const {
    const double value = (*this)[column];
    return std::isfinite(value) ? static_cast<Count>(std::llround(value)) : Count{0};
  }

 private:
  const ProgressTable& log_;
  std::size_t row_;
};

agents::CpoCase CaseOf(double number) {
  for (int i = 0; i < agents::kCpoCaseCount; ++i) {
    const auto value = static_cast<agents::CpoCase>(i);
    if (number == agents::CpoCaseNumber(value)) return value;
  }
  return agents::CpoCase::kNone;
}

agents::IterationReport ReportOf(const LoggedRow& row, int iteration) {
  agents::IterationReport report;
  report.iteration = iteration;
  report.steps = row.CountOf<std::int64_t>("TotalEnvInteracts");
  report.episodes = row.CountOf<int>("Episodes");
  report.mean_return = row["AverageEpRet"];
  report.mean_true_cost = row["AverageEpCost"];
  report.mean_learned_cost = row["LearnedEpCost"];
  report.constrained_cost = row["ConstrainedEpCost"];
  report.mean_length = row["EpLen"];
  report.true_cost_rate = row["CostRate"];
  report.multiplier = row["Penalty"];
  report.kl = row["KL"];
  report.entropy = row["Entropy"];
  report.cpo_case = CaseOf(row["OptimCase"]);
  const double refused = row["BacktrackIters"];
  report.line_search_steps = std::isfinite(refused) ? static_cast<int>(refused) + 1 : 0;
  report.sample_seconds = row["SampleTime"];
  report.update_seconds = row["UpdateTime"];
  return report;
}

}  // namespace

bool HasRunLog(const fs::path& folder) {
  std::error_code ignored;
  return fs::is_regular_file(folder / "progress.txt", ignored) ||
         fs::is_regular_file(folder / "progress.csv", ignored);
}

std::vector<agents::IterationReport> ReportsOf(const ProgressTable& log) {
  std::vector<agents::IterationReport> reports;
  reports.reserve(log.rows);
  for (std::size_t row = 0; row < log.rows; ++row) {
    reports.push_back(ReportOf({log, row}, static_cast<int>(row) + 1));
  }
  return reports;
}

Result<OpenedRun> OpenRunFolder(const fs::path& folder) {
  Result<LoadedRun> loaded = LoadAnyRunFolder(folder);
  if (!loaded) return loaded.error();
  OpenedRun opened;
  opened.own_environment = std::move(loaded->config.own_environment);
  opened.run.environment = loaded->config.environment;
  opened.run.settings = std::move(loaded->config.settings);
  if (loaded->foreign && loaded->foreign->seed) opened.run.settings.seed = *loaded->foreign->seed;
  if (loaded->foreign && loaded->foreign->cost_limit) {
    opened.run.settings.cost_limit = *loaded->foreign->cost_limit;
  }
  opened.run.history =
      std::make_shared<const std::vector<agents::IterationReport>>(ReportsOf(loaded->progress));
  std::error_code ignored;
  opened.run.folder = fs::absolute(folder, ignored).lexically_normal().string();
  if (opened.run.folder.ends_with('/')) opened.run.folder.pop_back();
  return opened;
}

}  // namespace lookout::app
