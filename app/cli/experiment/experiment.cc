#include "app/cli/experiment/experiment.h"

#include "app/cli/experiment/attacks_command.h"
#include "app/cli/experiment/labels_command.h"
#include "app/cli/experiment/memory_command.h"
#include "app/cli/experiment/overseers_command.h"
#include "app/cli/experiment/queries_command.h"
#include "app/cli/experiment/robustness_command.h"
#include "app/cli/experiment/selection_command.h"
#include "app/cli/experiment/transfer_command.h"
#include "app/cli/experiment/unblocked_command.h"

namespace lookout::app {

void AddExperimentCommand(CLI::App& app, int& exit_code) {
  CLI::App* experiment = app.add_subcommand(
      "experiment", "Measure with simulated annotators whether a method does what it should.");
  experiment->require_subcommand(1);
  AddAttacksExperiment(*experiment, exit_code);
  AddLabelsExperiment(*experiment, exit_code);
  AddMemoryExperiment(*experiment, exit_code);
  AddOverseersExperiment(*experiment, exit_code);
  AddQueriesExperiment(*experiment, exit_code);
  AddRobustnessExperiment(*experiment, exit_code);
  AddSelectionExperiment(*experiment, exit_code);
  AddTransferExperiment(*experiment, exit_code);
  AddUnblockedExperiment(*experiment, exit_code);
}

}  // namespace lookout::app
