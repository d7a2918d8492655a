#include "app/cli/experiment/attacks_command.h"

#include <fmt/format.h>

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
#include "app/experiments/attacks/attacks_report.h"
#include "app/experiments/attacks/run_attacks.h"
#include "app/runs/folder_lock.h"

namespace lookout::app {
namespace {

struct AttacksCommand {
  StudyCommand study;
  FieldOverrides overrides;
  FieldOverrides attack;
  FieldOverrides search;
};

Result<AttacksSettings> SettingsOf(const AttacksCommand& command) {
  AttacksSettings settings;
  settings.annotator = command.study.annotator;
  Status applied = ApplyFieldOptions(command.overrides, settings);
  if (applied) applied = ApplyFieldOptions(command.attack, settings.attack);
  if (applied) applied = ApplyFieldOptions(command.search, settings.attack.search);
  if (!applied) return applied.error();
  auto subject = SubjectOf(command.study);
  if (!subject) return subject.error();
  settings.environment = std::move(subject->environment);
  settings.policy = std::move(subject->policy);
  return settings;
}

// What does the same again, whatever the defaults become.
std::string CommandText(const AttacksCommand& command, const AttacksSettings& settings) {
  std::string text = StudyCommandText("attacks", command.study);
  const auto add = [&](const auto& field, auto value) {
    text += fmt::format(" --{} {}", field.name, NumberText(static_cast<double>(value)));
  };
  VisitNumbers(settings, add);
  VisitNumbers(settings.attack, add);
  VisitNumbers(settings.attack.search, add);
  return text + " --out " + command.study.out;
}

Status Run(const AttacksCommand& command, const StopSignal& stop) {
  const auto settings = SettingsOf(command);
  if (!settings) return settings.error();
  const auto lock = LockFolder(command.study.out);
  if (!lock) return lock.error();
  ProgressBar bar(0.0, command.study.seeds, "seeds");
  const auto results = RunAttacks(*settings, RobotCameras(), RunOf(command.study, stop, bar));
  bar.Clear();
  if (!results) return results.error();
  const std::vector<RoundSummary> rounds = Summarise(*settings, *results);
  const std::string text = AttacksText(rounds);
  const std::string json =
      AttacksJson(*settings, *results, rounds, CommandText(command, *settings));
  const std::vector<std::pair<std::string, std::string>> files{
      {"attacks.csv", AttacksCsv(*results)},
      {"attacks.svg", AttacksSvg(*settings, rounds)},
      {"attacks.txt", text},
      {"attacks.json", json}};
  std::printf("%s", command.study.json ? json.c_str() : text.c_str());
  return WriteStudyFiles(command.study.out, files);
}

}  // namespace

void AddAttacksExperiment(CLI::App& experiment, int& exit_code) {
  auto options = std::make_shared<AttacksCommand>();
  CLI::App* command = experiment.add_subcommand(
      "attacks", "Whether a cost model that learned from what fooled it is harder to fool.");
  AddStudyOptions(*command, options->study);
  const AttacksSettings defaults;
  AddFieldOptions(
      *command, defaults, [](const auto&) { return "Options"; }, options->overrides);
  const auto group = [](const auto&) { return "The attack"; };
  AddFieldOptions(*command, defaults.attack, group, options->attack);
  AddFieldOptions(*command, defaults.attack.search, group, options->search);
  command->footer(
      "Round 0 is the model of the first answers. In each round it is attacked as 'lookout attack\n"
      "moments' does, around new layouts; the annotator judges a clip of each find, or, beside "
      "that\n"
      "(even), of as many moments drawn without a search, and it is fitted anew. fooled: searches\n"
      "around other layouts, the same in every round, that find a danger which it calls safe.\n" +
      agents::AnnotatorHelp());
  command->callback([options, &exit_code] {
    const StopSignal stop;
    exit_code = ExitCodeOf(Run(*options, stop), stop, GoesOnIn(options->study.out));
  });
}

}  // namespace lookout::app
