#include "app/cli/commands.h"

#include <csignal>
#include <exception>
#include <string>

#include "sim/base/log.h"

namespace lookout::app {
namespace {

constexpr int kUsageExit = 2;

void AddEveryCommand(CLI::App& app, int& exit_code) {
  AddGuiCommand(app, exit_code);
  AddDemoCommand(app, exit_code);
  AddTrainCommand(app, exit_code);
  AddCurvesCommand(app, exit_code);
  AddEnvsCommand(app, exit_code);
  AddSimCommand(app, exit_code);
  AddConformCommand(app, exit_code);
  AddBenchCommand(app, exit_code);
}

}  // namespace

int Fail(const Error& error) {
  LogError(error.message);
  return static_cast<int>(error.code);
}

int RunCommandLine(int argc, char** argv) {
  std::signal(SIGPIPE,
              SIG_IGN);  // a closed pipe is an error of the write, not the end of the program
  CLI::App app{
      "Lookout: watch a Safety Gym agent, mark what is unsafe, learn the cost, train on it."};
  app.set_version_flag("--version", "lookout " LOOKOUT_VERSION);
  app.require_subcommand(1, 1);
  app.footer("Without a subcommand the window opens. 'lookout SUBCOMMAND --help' tells more.");
  int exit_code = 0;
  AddEveryCommand(app, exit_code);
  try {
    if (argc > 1) {
      app.parse(argc, argv);
    } else {
      app.parse("gui", false);
    }
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : kUsageExit;
  } catch (const std::exception& error) {
    LogError(error.what());
    return 1;
  }
  return exit_code;
}

}  // namespace lookout::app
