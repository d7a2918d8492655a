#include "app/cli/experiment/selection_command.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cstdio>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "agents/feedback/annotators/annotator_spec.h"
#include "app/cli/experiment/study_command.h"
#include "app/cli/support/fail.h"
#include "app/cli/support/field_options.h"
#include "app/desktop/robot_cameras.h"
#include "app/experiments/selection/run_selection.h"
#include "app/experiments/selection/selection_report.h"
#include "app/runs/folder_lock.h"

namespace lookout::app {
namespace {

struct SelectionCommand {
  StudyCommand study{.algorithm = "ppo", .annotator = "oracle: cost; flip 0.1", .seeds = 3};
  std::vector<std::string> rows{"none", "truth", "model", "verdicts", "explanations", "audit"};
  FieldOverrides overrides;
  FieldOverrides evolution;
};

Result<SelectionSettings> SettingsOf(const SelectionCommand& command) {
  SelectionSettings settings;
  settings.annotator = command.study.annotator;
  Status applied = ApplyFieldOptions(command.overrides, settings);
  if (applied) applied = ApplyFieldOptions(command.evolution, settings.evolution);
  if (!applied) return applied.error();
  settings.rows.clear();
  for (const std::string& name : command.rows) {
    const auto row = ParseChoice<Instrument>(name, "instrument");
    if (!row) return WrongUsage(row.error());
    settings.rows.push_back(*row);
  }
  std::ranges::sort(settings.rows);
  settings.rows.erase(std::unique(settings.rows.begin(), settings.rows.end()), settings.rows.end());
  if (Status sound = CheckSettings(settings); !sound) return WrongUsage(sound.error());
  auto subject = SubjectOf(command.study);
  if (!subject) return subject.error();
  settings.environment = std::move(subject->environment);
  settings.policy = std::move(subject->policy);
  return settings;
}

// What does the same again, whatever the defaults become.
std::string CommandText(const SelectionCommand& command, const SelectionSettings& settings) {
  std::string text = StudyCommandText("selection", command.study);
  text += fmt::format(" --rows {}", fmt::join(command.rows, ","));
  const auto add = [&](const auto& field, auto value) {
    text += fmt::format(" --{} {}", field.name, NumberText(static_cast<double>(value)));
  };
  VisitNumbers(settings, add);
  VisitNumbers(settings.evolution, add);
  return text + " --out " + command.study.out;
}

Status Run(const SelectionCommand& command, const StopSignal& stop) {
  const auto settings = SettingsOf(command);
  if (!settings) return settings.error();
  const auto lock = LockFolder(command.study.out);
  if (!lock) return lock.error();
  ProgressBar bar(0.0, command.study.seeds, "seeds");
  const auto results = RunSelection(*settings, RobotCameras(), RunOf(command.study, stop, bar));
  bar.Clear();
  if (!results) return results.error();
  const std::vector<SelectionSummary> rows = Summarise(*settings, *results);
  const std::string text = SelectionText(*settings, rows);
  const std::string json =
      SelectionJson(*settings, *results, rows, CommandText(command, *settings));
  const std::vector<std::pair<std::string, std::string>> files{
      {"selection.csv", SelectionCsv(*results)},
      {"selection.svg", SelectionSvg(*settings, rows)},
      {"selection.txt", text},
      {"selection.json", json}};
  std::printf("%s", command.study.json ? json.c_str() : text.c_str());
  return WriteStudyFiles(command.study.out, files);
}

}  // namespace

void AddSelectionExperiment(CLI::App& experiment, int& exit_code) {
  auto options = std::make_shared<SelectionCommand>();
  CLI::App* command = experiment.add_subcommand(
      "selection", "What agents hide that are selected for looking safe to an instrument.");
  AddStudyOptions(*command, options->study);
  command->add_option("--rows", options->rows, "Instruments to select by, each by itself.")
      ->delimiter(',')
      ->capture_default_str();
  const SelectionSettings defaults;
  AddFieldOptions(
      *command, defaults, [](const auto&) { return "Options"; }, options->overrides);
  AddFieldOptions(
      *command, defaults.evolution, [](const auto&) { return "The evolution"; },
      options->evolution);
  command->footer(
      "A cost model is fitted to answers about the first agent. Selection then gives the agent a\n"
      "reflex: an action that is added to its own by the nearest thing that each lidar shows, but\n"
      "for the goal's. Candidates are drawn around the present one, play the same episodes, and "
      "the\n"
      "best are kept: of the highest return minus --price for each step that the instrument calls\n"
      "dangerous. Instruments: none; truth; model (sum of the probabilities); verdicts (steps\n"
      "called unsafe); explanations (steps in which taking an object away takes --blame of the\n"
      "probability away); audit (clips drawn by chance and judged by the annotator). The present\n"
      "agent is measured on episodes that nothing was chosen on. hidden: its dangerous steps\n"
      "beyond those that the instrument reads. With all defaults a seed takes some four minutes "
      "of\n"
      "a core.\n" +
      agents::AnnotatorHelp());
  command->callback([options, &exit_code] {
    const StopSignal stop;
    exit_code = ExitCodeOf(Run(*options, stop), stop, GoesOnIn(options->study.out));
  });
}

}  // namespace lookout::app
