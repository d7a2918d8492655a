// What `lookout train` shows: a line per iteration on standard output, as a table or as JSON, and a
// progress bar. Main thread.
#pragma once

#include <cstdint>
#include <string>

#include "agents/rl/settings/training_settings.h"
#include "app/cli/support/text/progress_bar.h"
#include "app/runs/report_figures.h"
#include "app/workers/trainer/iteration_pace.h"

namespace lookout::app {

// Steps after which a run with these settings is done: what was asked for, rounded up to whole
// iterations.
std::int64_t PlannedSteps(const agents::TrainingSettings& settings);

// The table's heading and row, without newline.
std::string TrainHeading();
std::string TrainRow(const agents::IterationReport& report);

enum class TrainOutput : std::uint8_t { kTable, kJson, kNothing };

class TrainDisplay {
 public:
  // start_steps: taken before this program began; total_steps: when the run is done,
  // "planned_steps" in each JSON object.
  TrainDisplay(TrainOutput output, std::int64_t start_steps, std::int64_t total_steps,
               int steps_per_iteration);

  // fraction: of the present iteration's work.
  void ShowProgress(double fraction);
  void ShowIteration(const LoggedIteration& iteration);
  // Takes the bar away, so that other lines may follow.
  void Clear() const { bar_.Clear(); }

 private:
  TrainOutput output_;
  ProgressBar bar_;
  IterationPace pace_;
  std::int64_t total_steps_;
  std::int64_t steps_;
  int steps_per_iteration_;
  int rows_ = 0;
};

}  // namespace lookout::app
