#include "app/cli/experiment/queries_command.h"

#include <fmt/format.h>

#include <cstdio>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "app/cli/experiment/study_command.h"
#include "app/cli/support/fail.h"
#include "app/cli/support/field_options.h"
#include "app/desktop/robot_cameras.h"
#include "app/experiments/queries/run_study.h"
#include "app/experiments/queries/study_files.h"
#include "app/experiments/queries/study_summary.h"
#include "app/runs/folder_lock.h"

namespace lookout::app {
namespace {

struct QueriesCommand {
  StudyCommand study;
  FieldOverrides overrides;
};

Result<StudySettings> SettingsOf(const QueriesCommand& command) {
  StudySettings settings;
  settings.annotator = command.study.annotator;
  if (Status applied = ApplyFieldOptions(command.overrides, settings); !applied) {
    return applied.error();
  }
  auto subject = SubjectOf(command.study);
  if (!subject) return subject.error();
  settings.environment = std::move(subject->environment);
  settings.policy = std::move(subject->policy);
  return settings;
}

// What does the same again, whatever the defaults become.
std::string CommandText(const QueriesCommand& command, const StudySettings& settings) {
  std::string text = StudyCommandText("queries", command.study);
  VisitNumbers(settings, [&](const Field<StudySettings>& field, auto value) {
    text += fmt::format(" --{} {}", field.name, NumberText(static_cast<double>(value)));
  });
  return text + " --out " + command.study.out;
}

Status Write(const QueriesCommand& command, const StudySettings& settings,
             const std::vector<SeedResult>& results) {
  const std::vector<MeasureSummary> summaries = Summarise(results);
  const std::string json = StudyJson(settings, results, summaries, CommandText(command, settings));
  const std::vector<std::pair<std::string, std::string>> files{
      {"queries.csv", StudyCsv(results)},
      {"queries.svg", StudySvg(settings, summaries)},
      {"queries.json", json}};
  std::printf("%s", command.study.json ? json.c_str() : StudyText(results, summaries).c_str());
  return WriteStudyFiles(command.study.out, files);
}

Status Run(const QueriesCommand& command, const StopSignal& stop) {
  const auto settings = SettingsOf(command);
  if (!settings) return settings.error();
  const auto lock = LockFolder(command.study.out);
  if (!lock) return lock.error();
  ProgressBar bar(0.0, command.study.seeds, "seeds");
  const auto results = RunStudy(*settings, RobotCameras(), RunOf(command.study, stop, bar));
  bar.Clear();
  if (!results) return results.error();
  return Write(command, *settings, *results);
}

}  // namespace

void AddQueriesExperiment(CLI::App& experiment, int& exit_code) {
  auto options = std::make_shared<QueriesCommand>();
  CLI::App* command = experiment.add_subcommand(
      "queries", "How many labels the queue of queries needs, beside clips drawn by chance.");
  AddStudyOptions(*command, options->study);
  AddFieldOptions(
      *command, StudySettings{}, [](const auto&) { return "Options"; }, options->overrides);
  command->callback([options, &exit_code] {
    const StopSignal stop;
    exit_code = ExitCodeOf(Run(*options, stop), stop, GoesOnIn(options->study.out));
  });
}

}  // namespace lookout::app
