#include "app/cli/experiment/queries_command.h"

#include <fmt/format.h>

#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>

#include "agents/feedback/annotators/annotator_spec.h"
#include "app/cli/experiment/playing_policy.h"
#include "app/cli/support/fail.h"
#include "app/cli/support/field_options.h"
#include "app/cli/support/option_checks.h"
#include "app/cli/support/stop_signal.h"
#include "app/cli/support/text/progress_bar.h"
#include "app/desktop/robot_cameras.h"
#include "app/experiments/queries/run_study.h"
#include "app/experiments/queries/study_files.h"
#include "app/experiments/queries/study_summary.h"
#include "app/platform/files.h"
#include "sim/base/log.h"
#include "sim/config/config_file.h"

namespace lookout::app {
namespace {

struct QueriesCommand {
  std::string environment;
  std::string policy;  // empty: the shipped constrained one of the environment
  std::string annotator = "oracle: cost";
  std::string out;
  int seeds = 10;
  int workers = 1;
  FieldOverrides overrides;
  bool json = false;
};

Result<StudySettings> SettingsOf(const QueriesCommand& command) {
  StudySettings settings;
  settings.annotator = command.annotator;
  if (const auto read = agents::ParseAnnotator(command.annotator); !read) {
    return WrongUsage(read.error());
  }
  if (Status applied = ApplyFieldOptions(command.overrides, settings); !applied) {
    return applied.error();
  }
  auto config = sim::LoadConfig(command.environment);
  if (!config) return config.error();
  settings.environment = std::move(config).value();
  const auto policy = PlayingPolicy(command.policy, settings.environment, "ppo-lagrangian");
  if (!policy) return policy.error();
  settings.policy = *policy;
  return settings;
}

// What does the same again, whatever the defaults become.
std::string CommandText(const QueriesCommand& command, const StudySettings& settings) {
  std::string text = fmt::format("lookout experiment queries --env {} --seeds {}",
                                 command.environment, command.seeds);
  if (!command.policy.empty()) text += " --policy " + command.policy;
  text += " --annotator \"" + command.annotator + "\"";
  VisitNumbers(settings, [&](const Field<StudySettings>& field, auto value) {
    text += fmt::format(" --{} {}", field.name, NumberText(static_cast<double>(value)));
  });
  return text + " --out " + command.out;
}

Status Write(const QueriesCommand& command, const StudySettings& settings,
             const std::vector<SeedResult>& results) {
  const std::vector<MeasureSummary> summaries = Summarise(results);
  const std::filesystem::path folder = command.out;
  const std::string json = StudyJson(settings, results, summaries, CommandText(command, settings));
  const std::pair<const char*, std::string> files[] = {
      {"queries.csv", StudyCsv(results)},
      {"queries.svg", StudySvg(settings, summaries)},
      {"queries.json", json}};
  for (const auto& [name, content] : files) {
    if (Status written = WriteWholeFile(folder / name, content); !written) return written;
  }
  std::printf("%s", command.json ? json.c_str() : StudyText(results, summaries).c_str());
  LogInfo("Wrote queries.csv, queries.svg and queries.json in " + command.out);
  return {};
}

Status Run(const QueriesCommand& command, const StopSignal& stop) {
  const auto settings = SettingsOf(command);
  if (!settings) return settings.error();
  ProgressBar bar(0.0, command.seeds, "seeds");
  const auto results = RunStudy(*settings, RobotCameras(),
                                {.folder = command.out,
                                 .seeds = command.seeds,
                                 .workers = command.workers,
                                 .progress = [&](int done) {
                                   bar.Show(done);
                                   return !stop.requested();
                                 }});
  bar.Clear();
  if (!results) return results.error();
  return Write(command, *settings, *results);
}

}  // namespace

void AddQueriesExperiment(CLI::App& experiment, int& exit_code) {
  auto options = std::make_shared<QueriesCommand>();
  CLI::App* command = experiment.add_subcommand(
      "queries", "How many labels the queue of queries needs, beside clips drawn by chance.");
  command->add_option("--env", options->environment, "Environment: an id or a file.")->required();
  command->add_option("--policy", options->policy,
                      "Who plays: a run's folder or a policy's file. Default: the shipped "
                      "constrained agent of the environment.");
  command->add_option("--annotator", options->annotator, "Who answers, as described below.")
      ->capture_default_str();
  command->add_option("--seeds", options->seeds, "So many, from 0 on; each plays and asks anew.")
      ->check(Between(1, 1000))
      ->capture_default_str();
  command->add_option("--workers", options->workers, "Seeds at a time.")
      ->check(Between(1, 256))
      ->capture_default_str();
  AddFieldOptions(
      *command, StudySettings{}, [](const auto&) { return "Options"; }, options->overrides);
  command
      ->add_option("--out", options->out,
                   "Folder of the results. What it has of these settings is not done again.")
      ->required();
  command->add_flag("--json", options->json, "One JSON object instead of lines.");
  command->footer(agents::AnnotatorHelp());
  command->callback([options, &exit_code] {
    const StopSignal stop;
    exit_code = ExitCodeOf(Run(*options, stop), stop);
  });
}

}  // namespace lookout::app
