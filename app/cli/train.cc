// lookout train: learns without a window, alone or in the processes that mpirun started.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "app/cli/commands.h"
#include "app/cli/support/fail.h"
#include "app/cli/support/stop_signal.h"
#include "app/cli/training/prepared_run.h"
#include "app/cli/training/train_display.h"
#include "app/cli/training/train_options.h"
#include "app/scale_out/mpi_processes.h"
#include "sim/base/log.h"

namespace lookout::app {
namespace {

using agents::ProcessGroup;
using agents::TrainingRun;
using std::chrono::steady_clock;

constexpr auto kSaveInterval = std::chrono::seconds(30);

// Shows the iterations of a run and keeps them in its folder; of several processes only the first
// one does.
class Bookkeeper {
 public:
  Bookkeeper(PreparedRun& prepared, TrainOutput output, bool is_first)
      : prepared_(prepared),
        is_first_(is_first),
        display_(is_first ? output : TrainOutput::kNothing, prepared.steps_before,
                 PlannedSteps(prepared.run->settings()),
                 prepared.run->settings().steps_per_iteration),
        start_(steady_clock::now()),
        saved_(start_) {}

  void ShowProgress(double fraction) { display_.ShowProgress(fraction); }

  Status Keep(const agents::IterationReport& report) {
    if (!is_first_) return {};
    const auto now = steady_clock::now();
    const double seconds = std::chrono::duration<double>(now - start_).count();
    const LoggedIteration logged{.report = report,
                                 .run_seconds = prepared_.seconds_before + seconds,
                                 .new_steps = prepared_.run->settings().steps_per_iteration};
    display_.ShowIteration(logged);
    const Status status = prepared_.folder.Append(logged);
    if (!status.ok() || now - saved_ <= kSaveInterval) return status;
    saved_ = now;
    return prepared_.folder.Save(*prepared_.run);
  }

  Status Close() {
    display_.Clear();
    return is_first_ ? prepared_.folder.Save(*prepared_.run) : Status();
  }

 private:
  PreparedRun& prepared_;
  bool is_first_;
  TrainDisplay display_;
  steady_clock::time_point start_;
  steady_clock::time_point saved_;
};

// The signal that asked a process to stop, 0 if none came to any; the same in all of them.
int StopOfAny(ProcessGroup& processes, const StopSignal& stop) {
  std::vector<double> signals(static_cast<std::size_t>(processes.size()));
  signals[static_cast<std::size_t>(processes.rank())] = stop.number();
  processes.Sum(signals);
  const auto first = std::ranges::find_if(signals, [](double number) { return number != 0.0; });
  return first == signals.end() ? 0 : static_cast<int>(*first);
}

// Iterates until finished, stopped or failed; the folder is up to date when it returns. Says which
// signal stopped it, 0 if it was finished.
Result<int> TrainToTheEnd(PreparedRun& prepared, TrainOutput output, ProcessGroup& processes,
                          const StopSignal& stop) {
  Bookkeeper bookkeeper(prepared, output, processes.rank() == 0);
  Status status;
  int signal = 0;
  bool goes_on = true;
  while (goes_on && !prepared.run->finished()) {
    const auto report = prepared.run->RunIteration([&](double fraction) {
      bookkeeper.ShowProgress(fraction);
      return !stop.requested();
    });
    status = report.ok() ? bookkeeper.Keep(*report) : Status(report.error());
    signal = StopOfAny(processes, stop);
    // An iteration given up because of a signal, here or in another process, is no failure.
    if (signal != 0 && !report.ok()) status = {};
    goes_on = processes.AllAgree(status.ok() && signal == 0);
  }
  const Status last = bookkeeper.Close();
  if (!status.ok()) return status.error();
  if (!last.ok()) return last.error();
  return prepared.run->finished() ? 0 : signal;
}

// A run takes whole iterations; says so where that is more than was asked for.
void TellRoundedSteps(const agents::TrainingSettings& settings) {
  const std::int64_t planned = PlannedSteps(settings);
  if (planned == settings.total_steps) return;
  LogInfo(
      fmt::format("The run takes {} steps instead of {}: iterations of {} steps are taken whole.",
                  planned, settings.total_steps, settings.steps_per_iteration));
}

int RunTrain(const TrainOptions& options) {
  if (options.folder.empty() && options.resume.empty()) {
    return Fail(
        WrongUsage("lookout train needs --out, a new folder, or --resume, that of a run to "
                   "go on with."));
  }
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
