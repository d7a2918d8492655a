// lookout gui: the window.
#include <filesystem>
#include <memory>
#include <string>

#include "app/cli/commands.h"
#include "app/cli/support/fail.h"
#include "app/cli/support/option_checks.h"
#include "app/cli/support/project_folder.h"
#include "app/cli/support/stop_signal.h"
#include "app/desktop/robot_cameras.h"
#include "app/desktop/run_desktop.h"
#include "app/platform/gl_context.h"
#include "app/platform/heap.h"
#include "app/workspace/workspace.h"
#include "sim/base/log.h"

namespace lookout::app {
namespace {

struct GuiOptions {
  std::string project;
  std::string environment;
  std::uint32_t seed = 0;
  bool seed_given = false;
  bool read_only = false;
  int width = 1280;
  int height = 720;
};

Result<WorkspaceOptions> WorkspaceOptionsOf(const GuiOptions& options) {
  WorkspaceOptions workspace;
  workspace.project = options.project;
  if (options.project.empty()) {
    Result<std::filesystem::path> path = DefaultProjectPath();
    if (!path) return path.error();
    workspace.project = std::move(*path);
  }
  workspace.cameras = RobotCameras();
  workspace.access = options.read_only ? ProjectAccess::kReadOnly : ProjectAccess::kReadWrite;
  if (!options.environment.empty()) workspace.environment = options.environment;
  if (options.seed_given) workspace.seed = options.seed;
  return workspace;
}

int RunGui(const GuiOptions& options) {
  // The first signal asks to leave, so that training writes its checkpoint; the second one ends.
  const StopSignal stop;
  ReturnLargeBlocks();
  if (const Status folder = CheckProjectFolder(options.project); !folder) {
    return Fail(folder.error());
  }
  // The display first: without one nothing else matters, and nothing is created.
  Result<std::unique_ptr<GlContext>> window = OpenWindow({.size = {options.width, options.height}});
  if (!window) return Fail(window.error());
  const Result<WorkspaceOptions> workspace_options = WorkspaceOptionsOf(options);
  if (!workspace_options) return Fail(workspace_options.error());
  const std::filesystem::path& project = workspace_options->project;
  std::error_code ignored;
  const bool is_made = !std::filesystem::exists(project, ignored);
  Result<std::unique_ptr<Workspace>> workspace = Workspace::Open(*workspace_options);
  if (!workspace) return Fail(workspace.error());
  if (is_made) LogInfo("Made the project " + project.string() + ", which was not there.");
  RunDesktop(**window, **workspace, [&stop] { return stop.requested(); });
  return stop.requested() ? kSignalExit + stop.number() : 0;
}

}  // namespace

void AddGuiCommand(CLI::App& app, int& exit_code) {
  auto options = std::make_shared<GuiOptions>();
  CLI::App* command = app.add_subcommand("gui", "Open the window (the default).");
  command->add_option(
      "--project", options->project,
      "Project file; created if missing, in a folder that exists. Default: in your data folder.");
  command->add_option("--env", options->environment, "Environment to show first.");
  CLI::Option* seed = command->add_option("--seed", options->seed, "Seed to show first.");
  command->add_flag("--read-only", options->read_only, "Look at the project without changing it.");
  command->add_option("--width", options->width, "Of the window, in pixels.")
      ->check(Between(640, 16384));
  command->add_option("--height", options->height, "Of the window, in pixels.")
      ->check(Between(360, 16384));
  command->callback([options, seed, &exit_code] {
    options->seed_given = seed->count() > 0;
    exit_code = RunGui(*options);
  });
}

}  // namespace lookout::app
