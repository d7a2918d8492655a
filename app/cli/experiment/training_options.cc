#include "app/cli/experiment/training_options.h"

#include <fmt/format.h>

#include "agents/rl/settings/settings.h"
#include "app/cli/support/fail.h"
#include "app/cli/support/option_checks.h"
#include "app/platform/files.h"
#include "app/runs/settings_file.h"

namespace lookout::app {
namespace {

constexpr std::size_t kMostSettingsBytes = 1U << 20U;

}  // namespace

void AddTrainingOptions(CLI::App& command, const std::string& steps_help,
                        TrainingOptions& options) {
  command.add_option("--preset", options.preset, "Of training: ray2019 or fast.")
      ->capture_default_str();
  command.add_option("--settings", options.settings_file,
                     "JSON file of training's settings by option names, over the preset's.");
  command.add_option("--steps", options.steps, steps_help)
      ->check(Between(1, 1e12))
      ->capture_default_str();
}

std::string TrainingText(const TrainingOptions& options) {
  std::string text = fmt::format("--preset {} --steps {}", options.preset, options.steps);
  if (!options.settings_file.empty()) text += " --settings " + options.settings_file;
  return text;
}

Result<agents::TrainingSettings> ReadTraining(const TrainingOptions& options, sim::RobotKind robot,
                                              agents::CostSource cost_source) {
  auto training = agents::SettingsPreset(options.preset, robot);
  if (!training) return WrongUsage(training.error());
  training->algorithm = agents::Algorithm::kPpoLagrangian;
  training->multiplier_kind = agents::MultiplierKind::kPid;
  training->cost_source = cost_source;
  if (!options.settings_file.empty()) {
    const auto text = ReadWholeFile(options.settings_file, kMostSettingsBytes);
    if (!text) return text.error();
    if (Status s = ApplySettingsText(*text, options.settings_file, *training); !s) return s.error();
  }
  training->total_steps = options.steps;
  if (Status sound = agents::CheckSettings(*training); !sound) return sound.error();
  return training;
}

Result<agents::TrainingSettings> TrainingOf(const TrainingOptions& options, sim::RobotKind robot) {
  auto training = ReadTraining(options, robot, agents::CostSource::kLearned);
  if (!training) return training.error();
  if (!agents::IsConstrained(training->algorithm) || !NeedsCostModel(training->cost_source)) {
    return BadInput(options.settings_file +
                    ": an experiment needs an algorithm with a constraint, and a learned cost: "
                    "leave out 'algo' "
                    "and 'cost', or say ppo-lag and learned.");
  }
  return training;
}

}  // namespace lookout::app
