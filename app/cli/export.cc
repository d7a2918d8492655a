// lookout export: a trained policy, or a cost model, for other programs.
#include <fmt/format.h>

#include <filesystem>
#include <memory>
#include <string>
#include <system_error>
#include <vector>

#include "app/cli/commands.h"
#include "app/cli/support/fail.h"
#include "app/cost_models/cost_model_file.h"
#include "app/desktop/robot_cameras.h"
#include "app/platform/files.h"
#include "app/runs/formats/cost_model_onnx.h"
#include "app/runs/formats/onnx_file.h"
#include "app/runs/saved_policy.h"
#include "sim/base/log.h"
#include "sim/config/config_file.h"

namespace lookout::app {
namespace {

struct ExportOptions {
  std::string model;        // a policy, or a cost model
  std::string onnx;         // empty: none
  std::string policy_file;  // empty: none
  std::string environment;  // empty: its own
};

Status WriteOnnx(const agents::GaussianActor& actor, const std::string& path) {
  if (Status status = WriteWholeFile(path, EncodeOnnx(actor)); !status.ok()) return status;
  const int state = actor.mean.state_dim();
  LogInfo(fmt::format(
      "Wrote {}: observation [batch x {}]{} to action [batch x {}]{} and log_std; hold each action "
      "for {}",
      path, actor.observation_dim(), state > 0 ? fmt::format(" and state [batch x {}]", state) : "",
      actor.action_dim(), state > 0 ? ", next_state" : "",
      actor.action_repeat == 1 ? "one step" : fmt::format("{} steps", actor.action_repeat)));
  return {};
}

// In the newest form, which says what the policy observes and does, and in which world.
Status WritePolicy(SavedPolicy saved, const std::string& path) {
  const auto environment = MakeEnvironment(saved.environment, RobotCameras());
  if (!environment.ok()) return environment.error();
  saved.actor.origin = agents::PolicyOrigin::Of((*environment)->spec());
  if (Status status = WriteWholeFile(path, agents::EncodePolicyFile(saved.actor)); !status.ok()) {
    return status;
  }
  LogInfo(
      fmt::format("Wrote {}: {} of {}", path, saved.actor.name, saved.actor.origin.environment_id));
  return {};
}

// The environments that a cost model is said to be for: the one that was asked for, or all that it
// fits.
Result<std::vector<std::string>> EnvironmentsOf(const agents::CostModel& model,
                                                const std::string& asked) {
  if (asked.empty()) return EnvironmentsThatFit(model, RobotCameras());
  const auto config = sim::LoadConfig(asked);
  if (!config.ok()) return config.error();
  const auto environment = MakeEnvironment(*config, RobotCameras());
  if (!environment.ok()) return environment.error();
  const sim::EnvironmentSpec& spec = (*environment)->spec();
  if (const Status fits = model.CheckFits(spec); !fits.ok()) return fits.error();
  return std::vector<std::string>{spec.id};
}

Status ExportCostModel(const ExportOptions& options) {
  if (!options.policy_file.empty()) {
    return WrongUsage(options.model +
                      " is a cost model; --policy writes a policy. Leave it out, and name a file "
                      "by --onnx.");
  }
  const auto loaded = LoadCostModelFile(options.model);
  if (!loaded.ok()) return loaded.error();
  const agents::CostModel& model = *loaded->model;
  const auto environments = EnvironmentsOf(model, options.environment);
  if (!environments.ok()) return environments.error();
  const auto onnx = EncodeOnnx(model, *environments);
  if (!onnx.ok()) return onnx.error();
  if (Status status = WriteWholeFile(options.onnx, *onnx); !status.ok()) return status;
  LogInfo(fmt::format(
      "Wrote {}: observation [batch x {}] to cost [batch x 1] and spread [batch x 1]; it fits {} "
      "environment{}",
      options.onnx, model.observation_dim(), environments->size(),
      environments->size() == 1 ? "" : "s"));
  return {};
}

// Something to write, each to a file of its own.
Status CheckFiles(const ExportOptions& options) {
  if (options.onnx.empty() && options.policy_file.empty()) {
    return WrongUsage("Nothing says what to write: name a file by --onnx, --policy or both.");
  }
  const auto is_same = [](const std::string& a, const std::string& b) {
    std::error_code ignored;
    return a == b || std::filesystem::equivalent(a, b, ignored);
  };
  if (is_same(options.onnx, options.model)) {
    return WrongUsage("--onnx names " + options.model +
                      " itself, which it would replace; name another file.");
  }
  if (is_same(options.onnx, options.policy_file)) {
    return WrongUsage("--onnx and --policy name the same file; name two.");
  }
  return {};
}

int RunExport(const ExportOptions& options) {
  if (const Status files = CheckFiles(options); !files.ok()) return Fail(files.error());
  if (IsCostModelFile(options.model)) {
    const Status exported = ExportCostModel(options);
    return exported.ok() ? 0 : Fail(exported.error());
  }
  const auto saved = LoadSavedPolicy(options.model, options.environment, RobotCameras());
  if (!saved.ok()) return Fail(saved.error());
  if (!options.onnx.empty()) {
    if (Status status = WriteOnnx(saved->actor, options.onnx); !status.ok()) {
      return Fail(status.error());
    }
  }
  if (!options.policy_file.empty()) {
    if (Status status = WritePolicy(*saved, options.policy_file); !status.ok()) {
      return Fail(status.error());
    }
  }
  return 0;
}

}  // namespace

void AddExportCommand(CLI::App& app, int& exit_code) {
  auto options = std::make_shared<ExportOptions>();
  CLI::App* command =
      app.add_subcommand("export", "Write a trained policy, or a cost model, for other programs");
  command
      ->add_option(
          "model", options->model,
          "folder of a run, checkpoint, policy file or cost model; which, its content says")
      ->required();
  command->add_option("--onnx", options->onnx, "ONNX file to write");
  command->add_option("--policy", options->policy_file,
                      "policy file to write: of a checkpoint, or of an older file, which does not\n"
                      "say what it observes");
  command->add_option(
      "--env", options->environment,
      "environment id or configuration; default: the policy's own, or all that the\n"
      "cost model fits");
  command->footer(
      "A policy's model maps observations as the environment gives them to actions, to be clipped\n"
      "to [-1, 1]. Its metadata say how to play it: lookout.action_repeat, the steps for which "
      "each\n"
      "action is held (with --preset fast more than one), lookout.environment and its options\n"
      "(lookout.configuration), the parts of the observation (lookout.observation) and what each\n"
      "component of an action means (lookout.action). One with memory takes a state, 0 at an\n"
      "episode's start, and gives the next (lookout.state). A cost model's maps what is observed "
      "after "
      "a\n"
      "step to its cost, a probability, and the spread of the ensemble; lookout.threshold says "
      "from\n"
      "where on that is unsafe, lookout.environments where it fits.");
  command->callback([options, &exit_code] { exit_code = RunExport(*options); });
}

}  // namespace lookout::app
