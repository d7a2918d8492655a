#include "app/cli/experiment/robustness_command.h"

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
#include "app/cli/support/text/estimate_text.h"
#include "app/cli/support/text/text_table.h"
#include "app/desktop/robot_cameras.h"
#include "app/experiments/robustness/robustness_files.h"
#include "app/experiments/robustness/robustness_summary.h"
#include "app/experiments/robustness/run_robustness.h"
#include "app/runs/folder_lock.h"

namespace lookout::app {
namespace {

struct RobustnessCommand {
  StudyCommand study;
  FieldOverrides overrides;
  FieldOverrides student;
};

Result<RobustnessSettings> SettingsOf(const RobustnessCommand& command) {
  RobustnessSettings settings;
  settings.annotator = command.study.annotator;
  Status applied = ApplyFieldOptions(command.overrides, settings);
  if (applied) applied = ApplyFieldOptions(command.student, settings.student);
  if (!applied) return applied.error();
  if (settings.student.rounds == 0) {
    return WrongUsage("--student is 0; this experiment is about students: give it 1 to 10 rounds.");
  }
  if (settings.first_answers > settings.answers) {
    return WrongUsage(
        fmt::format("--first-answers is {}, more than the {} of --answers; measure "
                    "for the first time after fewer.",
                    settings.first_answers, settings.answers));
  }
  auto subject = SubjectOf(command.study);
  if (!subject) return subject.error();
  settings.environment = std::move(subject->environment);
  settings.policy = std::move(subject->policy);
  return settings;
}

// What does the same again, whatever the defaults become.
std::string CommandText(const RobustnessCommand& command, const RobustnessSettings& settings) {
  std::string text = StudyCommandText("robustness", command.study);
  const auto add = [&](const auto& field, auto value) {
    text += fmt::format(" --{} {}", field.name, NumberText(static_cast<double>(value)));
  };
  VisitNumbers(settings, add);
  VisitNumbers(settings.student, add);
  return text + " --out " + command.study.out;
}

// What the policy comes to, at the mildest and the worst of each shift.
std::string PlayText(const std::vector<PlaySummary>& play) {
  TextTable table;
  table.Row({"the agent itself", "return", "true cost", "return, worst", "true cost, worst"});
  const auto add = [&](const char* words, const PlaySummary& mild, const PlaySummary& worst) {
    table.Row({words, EstimateText(mild.total_reward, 1), EstimateText(mild.true_cost, 1),
               EstimateText(worst.total_reward, 1), EstimateText(worst.true_cost, 1)});
  };
  add("as it is", play[0], play[0]);
  for (std::size_t shift = 0; shift < kWorldShifts; ++shift) {
    add(WorldShiftKinds()[shift].words, play[PlayIndex(shift, 0)],
        play[PlayIndex(shift, agents::kSeverities - 1)]);
  }
  return table.Text();
}

std::string Text(const RobustnessSummary& summary) {
  TextTable arms;
  arms.Row({"arm", "clean", "corrupted", "mCE", "sensors alone", "without bearing", "relative",
            "mFR", "hard", "misses", "corrupted", "learned/true"});
  for (const ArmSummary& of : summary.arms) {
    arms.Row({ArmName(of.arm), EstimateText(of.clean, 3), EstimateText(of.corrupted, 3),
              EstimateText(of.mean_corruption_error), EstimateText(of.sensors_error),
              EstimateText(of.without_bearing), EstimateText(of.relative_error),
              EstimateText(of.flip_rate), EstimateText(of.hard_error), EstimateText(of.misses),
              EstimateText(of.corrupted_misses), EstimateText(of.cost_ratio)});
  }
  TextTable kinds;
  std::vector<std::string> heads{"CE"};
  for (const ArmSummary& of : summary.arms) heads.emplace_back(ArmName(of.arm));
  kinds.Row(heads);
  for (std::size_t i = 0; i < kDisturbances; ++i) {
    std::vector<std::string> row{DisturbanceWords(i)};
    for (const ArmSummary& of : summary.arms) row.push_back(EstimateText(of.corruption_error[i]));
    kinds.Row(std::move(row));
  }
  TextTable laws;
  laws.Row({"error", "arm", "exponent", "floor", "answers to halve it"});
  for (const ScalingCurve& of : summary.curves) {
    laws.Row({of.measure, ArmName(of.arm), EstimateText(of.exponent), EstimateText(of.floor, 3),
              EstimateText(of.to_halve, 1)});
  }
  return arms.Text() + "\n" + kinds.Text() + "\n" + laws.Text() + "\n" + PlayText(summary.play);
}

Status Write(const RobustnessCommand& command, const RobustnessSettings& settings,
             const std::vector<RobustnessSeed>& results) {
  const RobustnessSummary summary = Summarise(settings, results);
  const std::string text = Text(summary);
  const std::string json =
      RobustnessJson(settings, results, summary, CommandText(command, settings));
  const std::vector<std::pair<std::string, std::string>> files{
      {"robustness.csv", RobustnessCsv(results)},
      {"robustness.svg", RobustnessSvg(settings, summary)},
      {"robustness.txt", text},
      {"robustness.json", json}};
  std::printf("%s", command.study.json ? json.c_str() : text.c_str());
  return WriteStudyFiles(command.study.out, files);
}

Status Run(const RobustnessCommand& command, const StopSignal& stop) {
  const auto settings = SettingsOf(command);
  if (!settings) return settings.error();
  const auto lock = LockFolder(command.study.out);
  if (!lock) return lock.error();
  ProgressBar bar(0.0, command.study.seeds, "seeds");
  const auto results = RunRobustness(*settings, RobotCameras(), RunOf(command.study, stop, bar));
  bar.Clear();
  if (!results) return results.error();
  return Write(command, *settings, *results);
}

}  // namespace

void AddRobustnessExperiment(CLI::App& experiment, int& exit_code) {
  auto options = std::make_shared<RobustnessCommand>();
  CLI::App* command = experiment.add_subcommand(
      "robustness", "How corrupted observations mislead cost models, plain ones and students.");
  AddStudyOptions(*command, options->study);
  const RobustnessSettings defaults;
  AddFieldOptions(
      *command, defaults, [](const auto&) { return "Options"; }, options->overrides);
  AddFieldOptions(
      *command, defaults.student, [](const auto&) { return "The student"; }, options->student);
  command->footer(
      "Arms, all fitted to the same labels. plain: a fit without noise. noise: once more with the\n"
      "student's noise. judged: a student without noise. student: a noisy student.\n"
      "Errors are 1 - balanced accuracy, at a threshold chosen on other episodes, as they are and\n"
      "disturbed in thirteen ways at five severities: eight faults of the sensors, a weaker, "
      "heavier\n"
      "or looser robot, larger and more hazards. mCE: errors of the first ten relative to plain,\n"
      "also of the sensors' eight alone, without the turned lidars, and of the errors beyond the\n"
      "clean ones (relative). mFR: how often verdicts flicker while sensors drift, relative to\n"
      "plain. hard: the share called wrongly of the states that every simple baseline is sure of\n"
      "and wrong about. misses: at 5 % false alarms. Errors fall with the answers n as a "
      "n^-exponent + floor.\n" +
      agents::AnnotatorHelp());
  command->callback([options, &exit_code] {
    const StopSignal stop;
    exit_code = ExitCodeOf(Run(*options, stop), stop, GoesOnIn(options->study.out));
  });
}

}  // namespace lookout::app
