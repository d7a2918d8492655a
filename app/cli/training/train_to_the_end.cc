#include "app/cli/training/train_to_the_end.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <string>
#include <vector>

#include "agents/rl/runs/cost_parting.h"
#include "agents/rl/runs/kept_policies.h"
#include "agents/rl/settings/limit_floor.h"
#include "agents/rl/settings/unmet_limit.h"
#include "sim/base/log.h"

namespace lookout::app {
namespace {

using agents::ProcessGroup;
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
        tells_(is_first && output != TrainOutput::kNothing),
        costs_(prepared.costs_before),
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
    TellUnmetLimit(report);
    TellParting(report);
    Status status = prepared_.folder.Append(logged);
    const agents::TrainingSettings& settings = prepared_.run->settings();
    if (status.ok() && agents::ReadsCostModel(settings) &&
        agents::KeepsPolicy(settings, report.iteration)) {
      status = prepared_.folder.KeepPolicy(*prepared_.run, report.iteration);
    }
    if (!status.ok() || now - saved_ <= kSaveInterval) return status;
    saved_ = now;
    return prepared_.folder.Save(*prepared_.run);
  }

  // Whether the last iteration is the one in which it was found that the costs have parted, and the
  // run is to end there.
  bool stops_here() const { return stops_here_; }

  Status Close() {
    display_.Clear();
    return is_first_ ? prepared_.folder.Save(*prepared_.run) : Status();
  }

 private:
  // A limit that is not being met stays so for long: said rarely.
  void TellUnmetLimit(const agents::IterationReport& report) {
    const agents::TrainingSettings& settings = prepared_.run->settings();
    at_cap_ = agents::IterationsAtCap(settings, {&report, 1}) > 0 ? at_cap_ + 1 : 0;
    if (at_cap_ == 0) next_told_ = agents::kUnmetFrom;
    if (at_cap_ < next_told_ || !tells_) return;
    next_told_ *= 2;
    const std::string floor = prepared_.floor ? " " + agents::FloorText(*prepared_.floor) : "";
    LogWarning(agents::UnmetLimitText(settings, at_cap_) + floor);
  }

  // Said once in a run's life. A run that goes on after that does not stop again.
  void TellParting(const agents::IterationReport& report) {
    stops_here_ = false;
    if (!agents::ReadsCostModel(prepared_.run->settings())) return;
    costs_.push_back(agents::CostPointOf(report));
    const auto parting = agents::FindParting(costs_);
    if (!parting || parting->flagged != report.iteration) return;
    stops_here_ = prepared_.run->settings().stop_when_parted;
    if (tells_ || stops_here_) LogWarning(agents::PartingText(*parting));
  }

  PreparedRun& prepared_;
  bool is_first_;
  TrainDisplay display_;
  bool tells_;
  std::vector<agents::CostPoint> costs_;
  bool stops_here_ = false;
  int at_cap_ = 0;  // iterations in a row
  int next_told_ = agents::kUnmetFrom;
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

}  // namespace

Result<int> TrainToTheEnd(PreparedRun& prepared, TrainOutput output, ProcessGroup& processes,
                          const StopSignal& stop) {
  Bookkeeper bookkeeper(prepared, output, processes.rank() == 0);
  Status status;
  int signal = 0;
  bool goes_on = true;
  bool parted = false;
  int last_iteration = 0;
  while (goes_on && !prepared.run->finished()) {
    const auto report = prepared.run->RunIteration([&](double fraction) {
      bookkeeper.ShowProgress(fraction);
      return !stop.requested();
    });
    if (report.ok()) last_iteration = report->iteration;
    status = report.ok() ? bookkeeper.Keep(*report) : Status(report.error());
    signal = StopOfAny(processes, stop);
    // An iteration given up because of a signal, here or in another process, is no failure.
    if (signal != 0 && !report.ok()) status = {};
    parted = !processes.AllAgree(!bookkeeper.stops_here());
    goes_on = processes.AllAgree(status.ok() && signal == 0 && !parted);
  }
  const Status last = bookkeeper.Close();
  if (!status.ok()) return status.error();
  if (!last.ok()) return last.error();
  if (parted && processes.rank() == 0) {
    LogInfo(fmt::format(
        "The run stops after iteration {}, as --stop-when-parted says. To go on: lookout train "
        "--resume {}",
        last_iteration, prepared.folder.path().string()));
  }
  return prepared.run->finished() ? 0 : signal;
}

}  // namespace lookout::app
