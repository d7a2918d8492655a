#include "app/cli/training/train_options.h"

#include <string_view>
#include <type_traits>

#include "agents/rl/settings/settings.h"
#include "app/cli/support/fail.h"
#include "app/cli/support/field_options.h"
#include "sim/base/fields.h"

namespace lookout::app {
namespace {

using agents::TrainingSettings;

Status ApplyChoices(const TrainOptions& options, TrainingSettings& settings) {
  const std::map<std::string_view, std::string> given = {{"algo", options.algorithm},
                                                         {"cost", options.cost},
                                                         {"cost-reading", options.cost_reading},
                                                         {"learn-from", options.learn_from},
                                                         {"multiplier", options.multiplier},
                                                         {"network", options.network}};
  Status status;
  VisitChoices(settings, [&](const auto& field, auto& value) {
    using Enum = std::decay_t<decltype(value)>;
    const std::string& text = given.at(field.name);
    if (text.empty() || !status.ok()) return;
    const auto choice = ParseChoice<Enum>(text, "--" + std::string(field.name));
    if (choice.ok()) {
      value = *choice;
    } else {
      status = WrongUsage(choice.error());
    }
  });
  if (!status.ok() || agents::HasMultiplier(settings.algorithm)) return status;
  const Error none = BadInput(std::string(agents::AlgorithmName(settings.algorithm)) +
                              " has no multiplier; leave it out, or use --algo ppo-lag or "
                              "trpo-lag.");
  if (!options.multiplier.empty()) return WrongUsage(none);
  if (settings.multiplier_kind != agents::MultiplierKind::kLagrange) return none;
  return status;
}

// What this agent would make nothing of was surely meant for another one.
Status CheckOptionsHeeded(const TrainOptions& options, const TrainingSettings& settings) {
  const bool stops = options.overrides.contains("stop-when-parted");
  if ((stops || !options.cost_reading.empty()) && !agents::ReadsCostModel(settings)) {
    return WrongUsage(std::string(stops ? "--stop-when-parted" : "--cost-reading") +
                      " is of a learned cost; leave it out, or use --cost learned, sum or max.");
  }
  if (!options.learn_from.empty() && !agents::IsOverseen(settings)) {
    return WrongUsage("--learn-from is of overseen runs; leave it out, or add --overseer.");
  }
  for (const auto& [name, value] : options.overrides) {
    if (AppliesTo(settings, name)) continue;
    return WrongUsage("--" + name + " changes nothing for " + agents::AgentLabel(settings) +
                      "; leave it out, or use the --algo, --network, --multiplier, "
                      "--cost-reading or --overseer that it is for.");
  }
  return {};
}

// The heading under which a setting stands in the help: whom it is for.
const char* GroupOf(const Field<TrainingSettings>& field) {
  if (field.applies == nullptr) return "Settings (defaults: the preset's)";
  if (field.applies == agents::UsesPpo) return "Settings of PPO alone";
  if (field.applies == agents::UsesTrustRegion) return "Settings of TRPO and CPO alone";
  if (field.applies == agents::UsesTransformer) return "Settings of --network trxl and gtrxl";
  if (field.applies == agents::UsesGates) return "Settings of --network trxl and gtrxl";
  if (field.applies == agents::StartsOrthogonal) return "Settings of --network mlp";
  if (field.applies == agents::HeedsCosts) return "Settings of agents that heed a cost";
  if (field.applies == agents::PenalisesBlocks) return "Settings of overseen runs";
  if (field.applies == agents::ReadsCautiously) return "Settings of agents that heed a cost";
  return "Settings of Lagrangian agents";
}

void AddCostOptions(CLI::App& command, TrainOptions& options) {
  command.add_option("--cost", options.cost,
                     "which cost constrains; sum and max are of rule and learned: " +
                         ChoiceList(agents::Choices(agents::CostSource{})));
  command.add_option("--cost-reading", options.cost_reading,
                     "what is made of the cost model's doubts: its mean, the mean and "
                     "--cost-caution spreads more, or unsafe where nothing was labelled nearby: " +
                         ChoiceList(agents::Choices(agents::CostReading{})));
}

void AddOverseerOptions(CLI::App& command, TrainOptions& options) {
  command.add_option("--overseer", options.overseer,
                     "who reviews every action, as 'lookout oversee --help' lists them; none: "
                     "nobody, in place of a resumed run's");
  command.add_option("--learn-from", options.learn_from,
                     "what is learned from a blocked decision: the proposed action with "
                     "--block-penalty, what was done, or both: " +
                         ChoiceList(agents::Choices(agents::LearnFrom{})));
}

}  // namespace

Result<TrainingSettings> ApplyOptions(const TrainOptions& options, TrainingSettings base) {
  const bool base_is_sound = agents::CheckSettings(base).ok();
  if (!options.overseer.empty()) {
    base.overseer = options.overseer == "none" ? std::string() : options.overseer;
  }
  Status status = ApplyChoices(options, base);
  if (status.ok()) status = CheckOptionsHeeded(options, base);
  if (!status.ok()) return status.error();
  status = ApplyFieldOptions(options.overrides, base);
  if (!status.ok()) return status.error();
  status = agents::CheckSettings(base);
  if (status.ok()) return base;
  return base_is_sound ? WrongUsage(status.error()) : status.error();
}

void AddTrainOptions(CLI::App& command, TrainOptions& options) {
  CLI::Option* const environment =
      command.add_option("--env", options.environment, "environment id, or a configuration file")
          ->capture_default_str();
  command.add_option("--algo", options.algorithm, ChoiceList(agents::Choices(agents::Algorithm{})));
  command.add_option("--network", options.network,
                     "of policy and values; all but mlp remember: " +
                         ChoiceList(agents::Choices(agents::NetworkKind{})));
  command.add_option("--multiplier", options.multiplier,
                     "how a Lagrangian agent finds its multiplier: " +
                         ChoiceList(agents::Choices(agents::MultiplierKind{})));
  AddCostOptions(command, options);
  command.add_option("--cost-model", options.cost_model_file, "file of the learned cost");
  AddOverseerOptions(command, options);
  command.add_flag("--anyway", options.anyway, "train even if no safe script meets the limit");
  CLI::Option* const start_from =
      command.add_option("--start-from", options.start_from,
                         "policy or checkpoint file whose policy is learned further");
  CLI::Option* const preset =
      command.add_option("--preset", options.preset, "ray2019 (as published) or fast")
          ->capture_default_str();
  command.add_option("--settings", options.settings_file,
                     "JSON file of settings by option names, over the preset's; options given "
                     "here replace its own");
  CLI::Option* const out =
      command.add_option("--out", options.folder, "new folder for logs, checkpoint and policy");
  CLI::Option* const resume = command.add_option(
      "--resume", options.resume,
      "folder of a run to go on with, in place of --out; options given anew replace its own, but "
      "not with --env, --preset or --start-from");
  for (CLI::Option* const of_new_runs : {out, environment, start_from, preset}) {
    of_new_runs->excludes(resume);
  }
  command.add_flag_callback(
      "--json", [&options] { options.output = TrainOutput::kJson; },
      "one JSON object per iteration on standard output instead of the table");
  AddFieldOptions(command, TrainingSettings{}, GroupOf, options.overrides);
}

}  // namespace lookout::app
