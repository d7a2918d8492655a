// The command line: one function per subcommand adds itself here and sets the exit code.
#pragma once

#include <CLI/CLI.hpp>

namespace lookout::app {

// Parses and runs. Exit codes: 0 ok, 1 failure, 2 usage, 3 no display or GL, 4 bad input, 5 project
// or run in use.
int RunCommandLine(int argc, char** argv);

void AddGuiCommand(CLI::App& app, int& exit_code);
void AddDemoCommand(CLI::App& app, int& exit_code);
void AddImportCommand(CLI::App& app, int& exit_code);
void AddAgreementCommand(CLI::App& app, int& exit_code);
void AddAnnotateCommand(CLI::App& app, int& exit_code);
void AddLabelsCommand(CLI::App& app, int& exit_code);
void AddAuditCommand(CLI::App& app, int& exit_code);
void AddFitCommand(CLI::App& app, int& exit_code);
void AddBlockerCommand(CLI::App& app, int& exit_code);
void AddAdaptCommand(CLI::App& app, int& exit_code);
void AddTrainCommand(CLI::App& app, int& exit_code);
void AddCostCommand(CLI::App& app, int& exit_code);
void AddEvalCommand(CLI::App& app, int& exit_code);
void AddCompareCommand(CLI::App& app, int& exit_code);
void AddExportCommand(CLI::App& app, int& exit_code);
void AddOverseeCommand(CLI::App& app, int& exit_code);
void AddEnvsCommand(CLI::App& app, int& exit_code);
void AddSimCommand(CLI::App& app, int& exit_code);
void AddConformCommand(CLI::App& app, int& exit_code);

}  // namespace lookout::app
