#include "app/cli/experiment/unblocked_command.h"

#include <fmt/format.h>

#include <cstdio>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "agents/feedback/annotators/annotator_spec.h"
#include "app/cli/experiment/study_command.h"
#include "app/cli/experiment/training_options.h"
#include "app/cli/support/fail.h"
#include "app/cli/support/field_options.h"
#include "app/cli/support/option_checks.h"
#include "app/desktop/robot_cameras.h"
#include "app/experiments/unblocked/run_unblocked.h"
#include "app/experiments/unblocked/unblocked_report.h"
#include "app/runs/folder_lock.h"
#include "sim/config/config_file.h"

namespace lookout::app {
namespace {

struct UnblockedCommand {
  StudyCommand study{.seeds = 3};
  TrainingOptions training{.steps = 100'000};
  double limit = 3.0;
  FieldOverrides overrides;
};

Result<UnblockedStudySettings> SettingsOf(const UnblockedCommand& command) {
  UnblockedStudySettings settings;
  settings.annotator = command.study.annotator;
  if (const auto annotator = agents::ParseAnnotator(command.study.annotator); !annotator) {
    return WrongUsage(annotator.error());
  }
  if (Status applied = ApplyFieldOptions(command.overrides, settings); !applied) {
    return applied.error();
  }
  auto config = sim::LoadConfig(command.study.environment);
  if (!config) return config.error();
  settings.environment = std::move(*config);
  auto training = TrainingOf(command.training, settings.environment.robot_base);
  if (!training) return training.error();
  settings.training = std::move(*training);
  settings.training.cost_limit = command.limit;
  settings.training.steps_per_iteration = settings.iteration_steps;
  settings.training.environments = settings.environments;
  settings.training.workers = 1;
  if (settings.iteration_steps % settings.environments != 0) {
    return WrongUsage(fmt::format(
        "--iteration-steps is {}, which {} environments cannot share evenly; choose a multiple.",
        settings.iteration_steps, settings.environments));
  }
  return settings;
}

// What does the same again, whatever the defaults become.
std::string CommandText(const UnblockedCommand& command, const UnblockedStudySettings& settings) {
  std::string text = StudyCommandText("unblocked", command.study);
  text += fmt::format(" {} --limit {}", TrainingText(command.training), NumberText(command.limit));
  VisitNumbers(settings, [&](const Field<UnblockedStudySettings>& field, auto value) {
    text += fmt::format(" --{} {}", field.name, NumberText(static_cast<double>(value)));
  });
  return text + " --out " + command.study.out;
}

Status Run(const UnblockedCommand& command, const StopSignal& stop) {
  const auto settings = SettingsOf(command);
  if (!settings) return settings.error();
  const auto lock = LockFolder(command.study.out);
  if (!lock) return lock.error();
  ProgressBar bar(0.0, command.study.seeds, "seeds");
  const auto results = RunUnblocked(*settings, RobotCameras(), RunOf(command.study, stop, bar));
  bar.Clear();
  if (!results) return results.error();
  const std::vector<UnblockedSummary> rounds = Summarise(*settings, *results);
  const std::string text = UnblockedStudyText(*settings, *results, rounds);
  const std::string json =
      UnblockedJson(*settings, *results, rounds, CommandText(command, *settings));
  const std::vector<std::pair<std::string, std::string>> files{
      {"unblocked.csv", UnblockedCsv(*results)},
      {"unblocked.svg", UnblockedSvg(*settings, *results, rounds)},
      {"unblocked.txt", text},
      {"unblocked.json", json}};
  std::printf("%s", command.study.json ? json.c_str() : text.c_str());
  return WriteStudyFiles(command.study.out, files);
}

}  // namespace

void AddUnblockedExperiment(CLI::App& experiment, int& exit_code) {
  auto options = std::make_shared<UnblockedCommand>();
  CLI::App* command = experiment.add_subcommand(
      "unblocked", "Whether agents take the next way that nobody marked, and whether it is found.");
  command->add_option("--env", options->study.environment, "Environment: an id or a file.")
      ->required();
  AddStudyRunOptions(*command, options->study);
  AddTrainingOptions(*command, "Of the training in each round.", options->training);
  command->add_option("--limit", options->limit, "Allowed learned cost per episode.")
      ->check(Between(0, 1e6))
      ->capture_default_str();
  AddFieldOptions(
      *command, UnblockedStudySettings{}, [](const auto&) { return "Options"; },
      options->overrides);
  command->footer(
      "Round 0 trains without a cost, and the annotator judges clips of it that the queue asks\n"
      "about. In each further round the agent is trained on with the cost that was learned so "
      "far;\n"
      "what it does that it did after no round before is found as by 'lookout unblocked', the\n"
      "annotator judges the clips of these ways, and the cost is learned anew. A seed ends where\n"
      "nothing new is dangerous.\n" +
      agents::AnnotatorHelp());
  command->callback([options, &exit_code] {
    const StopSignal stop;
    exit_code = ExitCodeOf(Run(*options, stop), stop, GoesOnIn(options->study.out));
  });
}

}  // namespace lookout::app
