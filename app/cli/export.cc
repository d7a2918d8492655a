// lookout export: a trained policy for other programs.
#include <fmt/format.h>

#include <memory>
#include <string>

#include "app/cli/commands.h"
#include "app/cli/support/fail.h"
#include "app/desktop/robot_cameras.h"
#include "app/platform/files.h"
#include "app/runs/formats/onnx_file.h"
#include "app/runs/saved_policy.h"
#include "sim/base/log.h"

namespace lookout::app {
namespace {

struct ExportOptions {
  std::string policy;
  std::string onnx;         // empty: none
  std::string policy_file;  // empty: none
  std::string environment;  // empty: its own
};

Status WriteOnnx(const agents::GaussianActor& actor, const std::string& path) {
  const auto model = EncodeOnnx(actor);
  if (!model.ok()) return model.error();
  if (Status status = WriteWholeFile(path, *model); !status.ok()) return status;
  LogInfo(fmt::format(
      "Wrote {}: observation [batch x {}] to action [batch x {}] and log_std; hold each action for "
      "{}",
      path, actor.observation_dim(), actor.action_dim(),
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

int RunExport(const ExportOptions& options) {
  if (options.onnx.empty() && options.policy_file.empty()) {
    return Fail(WrongUsage("Nothing says what to write: name a file by --onnx, --policy or both."));
  }
  const auto saved = LoadSavedPolicy(options.policy, options.environment, RobotCameras());
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
  CLI::App* command = app.add_subcommand("export", "Write a trained policy for other programs");
  command->add_option("policy", options->policy, "folder of a run, checkpoint or policy file")
      ->required();
  command->add_option("--onnx", options->onnx, "ONNX file to write");
  command->add_option("--policy", options->policy_file,
                      "policy file to write: of a checkpoint, or of an older file, which does not\n"
                      "say what it observes");
  command->add_option("--env", options->environment,
                      "environment id or configuration; default: the policy's own");
  command->footer(
      "The model maps observations as the environment gives them to actions, to be clipped to\n"
      "[-1, 1]. Its metadata say how to play it: lookout.action_repeat, the steps for which each\n"
      "action is held (with --preset fast more than one), lookout.environment and its options\n"
      "(lookout.configuration), the parts of the observation (lookout.observation) and what each\n"
      "component of an action means (lookout.action).");
  command->callback([options, &exit_code] { exit_code = RunExport(*options); });
}

}  // namespace lookout::app
