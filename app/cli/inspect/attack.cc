// lookout attack: can a cost model, an agent or an overseer be fooled?
#include "app/cli/inspect/inspect_commands.h"

namespace lookout::app {

void AddAttackCommand(CLI::App& app, int& exit_code) {
  CLI::App* command = app.add_subcommand(
      "attack", "Can a cost model, an agent or an overseer be fooled? A search for what does it.");
  command->require_subcommand(1, 1);
  AddObservationAttack(*command, exit_code);
  AddMomentAttack(*command, exit_code);
  AddWorldAttack(*command, exit_code);
  command->footer(
      "A search that finds nothing proves nothing: see 'lookout verify'. One that finds something\n"
      "does prove it. Whoever trains on what was found has to attack again, with other seeds.");
}

}  // namespace lookout::app
