#include "app/cli/commands.h"

#include <algorithm>
#include <csignal>
#include <exception>
#include <memory>
#include <new>
#include <string>
#include <vector>

#include "app/cli/bench/bench.h"
#include "app/cli/experiment/experiment.h"
#include "app/cli/experiment/loop_command.h"
#include "app/cli/inspect/inspect_commands.h"
#include "app/cli/suite/suite.h"
#include "app/cli/support/fail.h"
#include "app/cli/support/option_checks.h"
#include "app/cli/support/text/help_format.h"
#include "app/cli/support/usage_error.h"
#include "sim/base/log.h"
#include "sim/base/nearest_name.h"

namespace lookout::app {
namespace {

void AddSubcommands(CLI::App& app, int& exit_code) {
  AddGuiCommand(app, exit_code);
  AddDemoCommand(app, exit_code);
  AddImportCommand(app, exit_code);
  AddAnnotateCommand(app, exit_code);
  AddAgreementCommand(app, exit_code);
  AddLabelsCommand(app, exit_code);
  AddFitCommand(app, exit_code);
  AddAdaptCommand(app, exit_code);
  AddTrainCommand(app, exit_code);
  AddCostCommand(app, exit_code);
  AddExplainCommand(app, exit_code);
  AddGoodhartCommand(app, exit_code);
  AddUnblockedCommand(app, exit_code);
  AddAttackCommand(app, exit_code);
  AddVerifyCommand(app, exit_code);
  AddAuditCommand(app, exit_code);
  AddEvalCommand(app, exit_code);
  AddOverseeCommand(app, exit_code);
  AddBlockerCommand(app, exit_code);
  AddSuiteCommand(app, exit_code);
  AddCompareCommand(app, exit_code);
  AddExportCommand(app, exit_code);
  AddEnvsCommand(app, exit_code);
  AddSimCommand(app, exit_code);
  AddConformCommand(app, exit_code);
  AddLoopCommand(app, exit_code);
  AddExperimentCommand(app, exit_code);
  AddBenchCommand(app, exit_code);
}

// Rejects a first word, or a word after a subcommand that has subcommands, that names none of them.
Status CheckSubcommand(const CLI::App& app, int argc, char** argv) {
  const CLI::App* at = &app;
  for (int i = 1; i < argc && at->get_require_subcommand_min() > 0; ++i) {
    const std::string word = argv[i];
    if (word.starts_with("-")) return {};
    std::vector<std::string> names;
    const CLI::App* next = nullptr;
    for (const CLI::App* const known : at->get_subcommands([](const CLI::App*) { return true; })) {
      names.push_back(known->get_name());
      if (names.back() == word) next = known;
    }
    if (next == nullptr) {
      return WrongUsage("There is no subcommand " + word.substr(0, 80) + "." +
                        sim::DidYouMean(word, names) + " 'lookout " +
                        (at == &app ? "" : at->get_name() + " ") + "--help' lists them all.");
    }
    at = next;
  }
  return {};
}

// Nothing, or no subcommand and a project to open.
bool IsForWindow(int argc, char** argv) {
  if (argc < 2) return true;
  const std::string first = argv[1];
  return first == "--project" || first.starts_with("--project=");
}

// The last one first, as CLI11 takes them.
std::vector<std::string> WordsForWindow(int argc, char** argv) {
  std::vector<std::string> words(argv + 1, argv + argc);
  std::ranges::reverse(words);
  words.emplace_back("gui");
  return words;
}

}  // namespace

int RunCommandLine(int argc, char** argv) {
  std::signal(SIGPIPE,
              SIG_IGN);  // a closed pipe is an error of the write, not the end of the program
  CLI::App app{
      "Lookout: watch a Safety Gym agent, mark what is unsafe, learn the cost, train on it."};
  app.set_version_flag("--version", "lookout " LOOKOUT_VERSION);
  app.formatter(std::make_shared<HelpFormat>());
  app.require_subcommand(1, 1);
  app.footer("Without a subcommand the window opens. 'lookout SUBCOMMAND --help' tells more.");
  int exit_code = 0;
  AddSubcommands(app, exit_code);
  CheckTexts(app);
  if (const Status named = CheckSubcommand(app, argc, argv); !named) return Fail(named.error());
  try {
    if (IsForWindow(argc, argv)) {
      app.parse(WordsForWindow(argc, argv));
    } else {
      app.parse(argc, argv);
    }
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == 0) return app.exit(error);  // help or version
    return Fail(UsageError(app, error));
  } catch (const std::bad_alloc&) {
    LogError("There is not enough memory for what was asked; ask for less of it at a time.");
    return 1;
  } catch (const std::exception& error) {
    LogError(error.what());
    return 1;
  }
  return exit_code;
}

}  // namespace lookout::app
