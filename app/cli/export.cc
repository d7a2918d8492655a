// lookout export: a trained policy for other programs.
#include <memory>
#include <string>

#include "app/cli/commands.h"
#include "app/cli/support/fail.h"
#include "app/desktop/robot_cameras.h"
#include "app/platform/files.h"
#include "app/runs/onnx_file.h"
#include "app/runs/saved_policy.h"
#include "sim/base/log.h"

namespace lookout::app {
namespace {

struct ExportOptions {
  std::string policy;
  std::string onnx;
  std::string environment;  // empty: its own
};

int RunExport(const ExportOptions& options) {
  const auto saved = LoadSavedPolicy(options.policy, options.environment, RobotCameras());
  if (!saved.ok()) return Fail(saved.error());
  const auto model = EncodeOnnx(saved->actor);
  if (!model.ok()) return Fail(model.error());
  const Status status = WriteWholeFile(options.onnx, *model);
  if (!status.ok()) return Fail(status.error());
  LogInfo("Wrote " + options.onnx + ": observation [batch x " +
          std::to_string(saved->actor.observation_dim()) + "] to action [batch x " +
          std::to_string(saved->actor.action_dim()) + "] and log_std; hold each action for " +
          (saved->actor.action_repeat == 1
               ? "one step"
               : std::to_string(saved->actor.action_repeat) + " steps"));
  return 0;
}

}  // namespace

void AddExportCommand(CLI::App& app, int& exit_code) {
  auto options = std::make_shared<ExportOptions>();
  CLI::App* command = app.add_subcommand("export", "Write a trained policy for other programs");
  command->add_option("policy", options->policy, "folder of a run, checkpoint or policy file")
      ->required();
  command->add_option("--onnx", options->onnx, "ONNX file to write")->required();
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
