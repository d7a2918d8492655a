#include "app/cli/experiment/loop_command.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cmath>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "agents/feedback/annotators/annotator_spec.h"
#include "agents/feedback/audit/slip_correction.h"
#include "app/cli/experiment/training_options.h"
#include "app/cli/support/fail.h"
#include "app/cli/support/field_options.h"
#include "app/cli/support/option_checks.h"
#include "app/cli/support/slips_option.h"
#include "app/cli/support/stop_signal.h"
#include "app/cli/support/text/estimate_text.h"
#include "app/cli/support/text/progress_bar.h"
#include "app/cli/support/text/text_table.h"
#include "app/desktop/robot_cameras.h"
#include "app/experiments/loop/loop_files.h"
#include "app/experiments/loop/run_loop.h"
#include "app/platform/files.h"
#include "app/runs/folder_lock.h"
#include "sim/base/log.h"
#include "sim/config/config_file.h"

namespace lookout::app {
namespace {

struct LoopCommand {
  std::string environment;
  std::string annotator = "oracle: cost";
  std::string constrain = "learned";
  TrainingOptions training;
  std::string out;
  double limit = 25.0;
  std::vector<double> slips;  // empty, or false alarms and misses
  std::uint32_t seed = 0;
  int workers = 1;
  FieldOverrides overrides;
  bool json = false;
};

Result<LoopSettings> SettingsOf(const LoopCommand& command) {
  LoopSettings settings;
  settings.annotator = command.annotator;
  if (const auto read = agents::ParseAnnotator(command.annotator); !read) {
    return WrongUsage(read.error());
  }
  const auto constrain = ParseChoice<LoopConstraint>(command.constrain, "--constrain");
  if (!constrain) return WrongUsage(constrain.error());
  settings.constrain = *constrain;
  if (Status applied = ApplyFieldOptions(command.overrides, settings); !applied) {
    return applied.error();
  }
  if (settings.audit_looks % 2 == 0) return WrongUsage("--audit-looks has to be an odd number.");
  const auto slips = ReadSlips(command.slips);
  if (!slips) return slips.error();
  settings.slips = *slips;
  auto config = sim::LoadConfig(command.environment);
  if (!config) return config.error();
  settings.environment = std::move(config).value();
  auto training = TrainingOf(command.training, settings.environment.robot_base);
  if (!training) return training.error();
  settings.training = std::move(training).value();
  settings.training.cost_limit = command.limit;
  settings.training.seed = command.seed;
  settings.training.workers = command.workers;
  return settings;
}

// What does the same again, whatever the defaults become.
std::string CommandText(const LoopCommand& command, const LoopSettings& settings) {
  std::string text =
      fmt::format("lookout loop --env {} --annotator \"{}\" --constrain {} {} --limit {} --seed {}",
                  command.environment, command.annotator, command.constrain,
                  TrainingText(command.training), NumberText(command.limit), command.seed);
  if (settings.slips) {
    text += fmt::format(" --slips {} {}", NumberText(settings.slips->false_alarm),
                        NumberText(settings.slips->miss));
  }
  VisitNumbers(settings, [&](const Field<LoopSettings>& field, auto value) {
    text += fmt::format(" --{} {}", field.name, NumberText(static_cast<double>(value)));
  });
  return text + " --out " + command.out;
}

std::string Text(std::span<const LoopRound> rounds) {
  TextTable table;
  table.Row({"round", "steps", "limit", "return", "true", "meant", "learned", "audited", "answers",
             "minutes"});
  for (const LoopRound& round : rounds) {
    table.Row({fmt::to_string(round.round), fmt::to_string(round.steps),
               std::isnan(round.limit) ? "-" : fmt::format("{:.1f}", round.limit),
               EstimateText(round.figures.total_reward, 1),
               EstimateText(round.figures.true_cost, 1), EstimateText(round.figures.meant_cost, 1),
               EstimateText(round.figures.learned_cost, 1), EstimateText(round.audit.audited, 1),
               fmt::to_string(round.answers), fmt::format("{:.1f}", round.viewing_minutes)});
  }
  std::string text = table.Text();
  if (const std::vector<int> without = UnconstrainedRounds(rounds); !without.empty()) {
    text += fmt::format(
        "Without a constraint all the same, as there was no cost model yet: round{} {}.\n",
        without.size() == 1 ? "" : "s", fmt::join(without, ", "));
  }
  return text;
}

// What the next round lacks, if the answers so far are of one verdict.
void TellMissingModel(const LoopRound& round, const LoopSettings& settings) {
  if (round.round == settings.rounds || !std::isnan(round.refitted_cost)) return;
  LogWarning(fmt::format(
      "Round {} is trained without a constraint, too: there is no cost model yet, as all answers "
      "so "
      "far are of one verdict ({} of the last {} clips were called unsafe). Where this goes on, "
      "ask "
      "about more clips (--answers, --asked-episodes) or somebody who holds more for dangerous "
      "(--annotator), with another --out.",
      round.round + 1, round.unsafe_asked, round.asked));
}

Status Write(const LoopCommand& command, const LoopSettings& settings,
             const std::vector<LoopRound>& rounds) {
  const std::filesystem::path folder = command.out;
  const std::string json = LoopJson(settings, rounds, CommandText(command, settings));
  const std::pair<const char*, std::string> files[] = {
      {"loop.csv", LoopCsv(rounds)}, {"loop.svg", LoopSvg(settings, rounds)}, {"loop.json", json}};
  for (const auto& [name, content] : files) {
    if (Status written = WriteWholeFile(folder / name, content); !written) return written;
  }
  std::printf("%s", command.json ? json.c_str() : Text(rounds).c_str());
  LogInfo("Wrote loop.csv, loop.svg and loop.json in " + command.out);
  return {};
}

Status Run(const LoopCommand& command, const StopSignal& stop) {
  const auto settings = SettingsOf(command);
  if (!settings) return settings.error();
  const auto lock = LockFolder(command.out);
  if (!lock) return lock.error();
  ProgressBar bar(0.0, double(command.training.steps), "steps");
  const LoopRun run{
      .folder = command.out,
      .progress =
          [&](double steps) {
            bar.Show(steps);
            return !stop.requested();
          },
      .round_done =
          [&](const LoopRound& round) {
            bar.Clear();
            LogInfo(fmt::format("Round {}: return {}, true cost {}, learned {}, audited {}",
                                round.round, EstimateText(round.figures.total_reward, 1),
                                EstimateText(round.figures.true_cost, 1),
                                EstimateText(round.figures.learned_cost, 1),
                                EstimateText(round.audit.audited, 1)));
            TellMissingModel(round, *settings);
          }};
  const auto rounds = RunLoop(*settings, RobotCameras(), run);
  bar.Clear();
  if (!rounds) return rounds.error();
  return Write(command, *settings, *rounds);
}

void AddRoundOptions(CLI::App& command, LoopCommand& options) {
  AddTrainingOptions(command, "Of training, in all rounds together.", options.training);
  command.add_option("--limit", options.limit, "Allowed cost per episode.")
      ->check(Between(0, 1e6))
      ->capture_default_str();
  command
      .add_option("--constrain", options.constrain,
                  "What the limit is held against: the learned cost, or the upper end of the "
                  "audit's interval: " +
                      ChoiceList(Choices(LoopConstraint{})))
      ->capture_default_str();
  command.add_option("--seed", options.seed, "Of everything random.")->capture_default_str();
  command
      .add_option("--workers", options.workers, "Threads of training; never changes the result.")
      ->check(Between(1, 256))
      ->capture_default_str();
}

}  // namespace

void AddLoopCommand(CLI::App& app, int& exit_code) {
  auto options = std::make_shared<LoopCommand>();
  CLI::App* command = app.add_subcommand(
      "loop",
      "Train in rounds on a learned cost: after each, ask about the new agent and audit it.");
  command->add_option("--env", options->environment, "Environment: an id or a file.")->required();
  command->add_option("--annotator", options->annotator, "Who answers, as described below.")
      ->capture_default_str();
  AddRoundOptions(*command, *options);
  AddFieldOptions(
      *command, LoopSettings{}, [](const auto&) { return "Rounds"; }, options->overrides);
  command
      ->add_option("--out", options->out,
                   "Folder of the results. A round that has its file there is not done again.")
      ->required();
  AddSlipsOption(*command, options->slips);
  command->add_flag("--json", options->json, "One JSON object instead of the table.");
  command->footer(
      "Round 0 trains without a constraint, and others as long as all answers are of one verdict,\n"
      "so that there is no cost model. limit: of the learned cost, that the round's training\n"
      "was given. true: what the rule charged; meant: what the annotator holds for dangerous;\n"
      "learned: what the model predicts by which the round was trained; audited: what the\n"
      "annotator would charge, from clips that trained no model. In brackets: 95 % intervals.\n"
      "answers and minutes of viewing: so far, audits included.\n" +
      agents::AnnotatorHelp());
  command->callback([options, &exit_code] {
    const StopSignal stop;
    exit_code = ExitCodeOf(Run(*options, stop), stop, GoesOnIn(options->out));
  });
}

}  // namespace lookout::app
