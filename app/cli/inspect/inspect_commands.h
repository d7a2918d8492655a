// Subcommands that ask a model why, where it fails and whether it can be fooled. Main thread.
#pragma once

#include <CLI/CLI.hpp>

namespace lookout::app {

// Each adds itself and sets the exit code.
void AddExplainCommand(CLI::App& app, int& exit_code);
void AddGoodhartCommand(CLI::App& app, int& exit_code);
void AddUnblockedCommand(CLI::App& app, int& exit_code);
void AddVerifyCommand(CLI::App& app, int& exit_code);
void AddAttackCommand(CLI::App& app, int& exit_code);

// Those below `attack`, likewise.
void AddObservationAttack(CLI::App& attack, int& exit_code);
void AddMomentAttack(CLI::App& attack, int& exit_code);
void AddWorldAttack(CLI::App& attack, int& exit_code);

}  // namespace lookout::app
