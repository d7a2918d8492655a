#include "app/cli/train_options.h"

#include <cmath>
#include <cstdio>
#include <string_view>
#include <type_traits>

#include "agents/rl/settings/choices.h"
#include "agents/rl/settings/settings.h"

namespace lookout::app {
namespace {

using agents::TrainingSettings;

// One option for each setting that has no option of its own.
void AddSettingOptions(CLI::App& command, TrainOptions& options) {
  TrainingSettings defaults;
  agents::VisitSettings(
      defaults, [&](std::string_view name, auto value, double, double, std::string_view help) {
        const std::string key(name);
        const std::string aliases = key == "cost-limit" ? "--limit,--cost-limit" : "--" + key;
        command
            .add_option_function<double>(
                aliases, [&options, key](const double& given) { options.overrides[key] = given; },
                std::string(help))
            ->group(key == "steps" || key == "seed" || key == "workers" || key == "cost-limit"
                        ? "Options"
                        : "Hyperparameters (defaults: the preset's)")
            ->default_str(CLI::detail::to_string(double(value)));
      });
}

Status ApplyChoices(const TrainOptions& options, TrainingSettings& settings) {
  const std::map<std::string_view, std::string> given = {
      {"algo", options.algorithm}, {"cost", options.cost}, {"multiplier", options.multiplier}};
  Status status;
  agents::VisitChoices(settings, [&](std::string_view name, auto& value, std::string_view what) {
    using Enum = std::decay_t<decltype(value)>;
    const std::string& text = given.at(name);
    if (text.empty() || !status.ok()) return;
    const auto choice = agents::ParseChoice<Enum>(text, what);
    if (choice.ok()) {
      value = *choice;
    } else {
      status = choice.error();
    }
  });
  if (!status.ok() || agents::HasMultiplier(settings.algorithm)) return status;
  if (!options.multiplier.empty() ||
      settings.multiplier_kind != agents::MultiplierKind::kLagrange) {
    return BadInput(std::string(agents::AlgorithmName(settings.algorithm)) +
                    " has no multiplier; leave it out, or use --algo ppo-lag or trpo-lag.");
  }
  return status;
}

// What this agent would make nothing of was surely meant for another one.
Status CheckOptionsHeeded(const TrainOptions& options, const TrainingSettings& settings) {
  for (const auto& [name, value] : options.overrides) {
    if (agents::AppliesTo(settings, name)) continue;
    return BadInput("--" + name + " changes nothing for " + agents::AgentLabel(settings) +
                    "; leave it out, or use the --algo or --multiplier that it is for.");
  }
  return {};
}

}  // namespace

Result<TrainingSettings> ApplyOptions(const TrainOptions& options, TrainingSettings base) {
  Status status = ApplyChoices(options, base);
  if (status.ok()) status = CheckOptionsHeeded(options, base);
  if (!status.ok()) return status.error();
  std::size_t used = 0;
  agents::VisitSettings(base, [&](std::string_view name, auto& value, double least, double most,
                                  std::string_view) {
    using Value = std::decay_t<decltype(value)>;
    const auto given = options.overrides.find(std::string(name));
    if (given == options.overrides.end()) return;
    ++used;
    const double number = given->second;
    const bool whole = std::is_floating_point_v<Value> || number == std::floor(number);
    if (status.ok() && !(number >= least && number <= most && whole)) {
      char text[160];
      std::snprintf(text, sizeof(text), "--%s is %g; it has to be %s from %g to %g.",
                    std::string(name).c_str(), number,
                    std::is_floating_point_v<Value> ? "a number" : "a whole number", least, most);
      status = BadInput(text);
    }
    if (status.ok()) value = static_cast<Value>(number);
  });
  LOOKOUT_CHECK(used == options.overrides.size(), "an option that is no setting");
  if (status.ok()) status = agents::CheckSettings(base);
  if (!status.ok()) return status.error();
  return base;
}

void AddTrainOptions(CLI::App& command, TrainOptions& options) {
  CLI::Option* const environment =
      command.add_option("--env", options.environment, "environment id, or a configuration file")
          ->capture_default_str();
  command.add_option("--algo", options.algorithm,
                     agents::ChoiceList(agents::Choices(agents::Algorithm{})));
  command.add_option("--multiplier", options.multiplier,
                     "how a Lagrangian agent finds its multiplier: " +
                         agents::ChoiceList(agents::Choices(agents::MultiplierKind{})));
  command.add_option("--cost", options.cost,
                     "which cost constrains; sum and max are of rule and learned: " +
                         agents::ChoiceList(agents::Choices(agents::CostSource{})));
  command.add_option("--cost-model", options.cost_model_file, "file of the learned cost");
  CLI::Option* const start_from =
      command.add_option("--start-from", options.start_from,
                         "policy or checkpoint file whose policy is learned further");
  CLI::Option* const preset =
      command.add_option("--preset", options.preset, "ray2019 (as published) or fast")
          ->capture_default_str();
  command.add_option("--settings", options.settings_file,
                     "JSON file of settings by option names, over the preset's; options given "
                     "here replace its own");
  CLI::Option_group* folder = command.add_option_group("folder");
  folder->add_option("--out", options.folder, "new folder for logs, checkpoint and policy");
  CLI::Option* const resume =
      folder->add_option("--resume", options.resume,
                         "folder of a run to go on with; options given anew replace its own");
  for (CLI::Option* const of_new_runs : {environment, start_from, preset}) {
    of_new_runs->excludes(resume);
  }
  folder->require_option(1);
  command.add_flag_callback(
      "--json", [&options] { options.output = TrainOutput::kJson; },
      "one JSON object per iteration on standard output instead of the table");
  AddSettingOptions(command, options);
}

}  // namespace lookout::app
