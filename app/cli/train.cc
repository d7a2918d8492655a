// lookout train: learns without a window, alone or in the processes that mpirun started.
#include <fmt/format.h>

#include <cstdint>
#include <memory>
#include <string>

#include "agents/rl/settings/limit_floor.h"
#include "app/cli/commands.h"
#include "app/cli/support/fail.h"
#include "app/cli/support/stop_signal.h"
#include "app/cli/training/prepared_run.h"
#include "app/cli/training/train_display.h"
#include "app/cli/training/train_options.h"
#include "app/cli/training/train_to_the_end.h"
#include "app/scale_out/mpi_processes.h"
#include "sim/base/log.h"

namespace lookout::app {
namespace {

// A run takes whole iterations; says so where that is more than was asked for.
void TellRoundedSteps(const agents::TrainingSettings& settings) {
  const std::int64_t planned = PlannedSteps(settings);
  if (planned == settings.total_steps) return;
  LogInfo(
      fmt::format("The run takes {} steps instead of {}: iterations of {} steps are taken whole.",
                  planned, settings.total_steps, settings.steps_per_iteration));
}

int RunTrain(const TrainOptions& options) {
  // Before the run is made, so that a signal during the set-up is not lost.
  const StopSignal stop;
  const auto processes = JoinProcesses();
  if (!processes.ok()) return Fail(processes.error());
  auto prepared = PrepareRun(options, **processes);
  const bool all_are_ready = (*processes)->AllAgree(prepared.ok());
  if (!prepared.ok()) return Fail(prepared.error());
  if (!all_are_ready) return Fail(Error{"Another process could not start; it says why."});
  const agents::TrainingSettings& settings = prepared->run->settings();
  const std::string folder = prepared->folder.path().string();
  const bool is_first = (*processes)->rank() == 0;
  if (is_first) {
    LogInfo(fmt::format("{} on {}, seed {}, in {}", agents::AlgorithmName(settings.algorithm),
                        prepared->run->spec().id, settings.seed, folder));
    TellRoundedSteps(settings);
    if (prepared->floor) LogInfo(agents::FloorText(*prepared->floor));
  }
  const Result<int> signal = TrainToTheEnd(*prepared, options.output, **processes, stop);
  if (!signal.ok()) return Fail(signal.error());
  if (*signal != 0) {
    if (is_first) LogInfo("Stopped. Go on with: lookout train --resume " + folder);
    return kSignalExit + *signal;
  }
  if (is_first) LogInfo("Done. The policy is " + prepared->folder.policy().string());
  return 0;
}

}  // namespace

void AddTrainCommand(CLI::App& app, int& exit_code) {
  CLI::App* command = app.add_subcommand("train", "Train an agent without a window");
  auto options = std::make_shared<TrainOptions>();
  AddTrainOptions(*command, *options);
  command->callback([options, &exit_code] { exit_code = RunTrain(*options); });
}

}  // namespace lookout::app
