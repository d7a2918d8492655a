#include "app/cli/training/train_display.h"

#include <fmt/format.h>

#include <chrono>
#include <cmath>
#include <cstdio>

#include "app/runs/progress_log.h"

namespace lookout::app {
namespace {

using std::chrono::steady_clock;

constexpr int kRowsPerHeading = 30;

// A number of that width, or a dash where there is none.
std::string Cell(double value, int width, int decimals) {
  if (!std::isfinite(value)) return fmt::format("{:>{}}", "-", width);
  return fmt::format("{:{}.{}f}", value, width, decimals);
}

}  // namespace

std::int64_t PlannedSteps(const agents::TrainingSettings& settings) {
  const std::int64_t each = settings.steps_per_iteration;
  return (settings.total_steps + each - 1) / each * each;
}

std::string TrainHeading() {
  return fmt::format("{:>5} {:>11} {:>9} {:>9} {:>9} {:>7} {:>9} {:>8} {:>8} {:>7} {:>6} {:>10}",
                     "iter", "steps", "return", "cost", "learned", "rate", "violated", "blocked",
                     "lambda", "KL", "passes", "time");
}

std::string TrainRow(const agents::IterationReport& r) {
  return fmt::format("{:5} {:11} ", r.iteration, r.steps) + Cell(r.mean_return, 9, 2) + " " +
         Cell(r.mean_true_cost, 9, 1) + " " + Cell(r.mean_learned_cost, 9, 1) + " " +
         Cell(r.true_cost_rate, 7, 4) + " " + Cell(r.violation_steps, 9, 0) + " " +
         fmt::format("{:6.2f} % ", 100.0 * r.blocked_share) + Cell(r.multiplier, 8, 3) + " " +
         Cell(r.kl, 7, 4) + " " +
         fmt::format("{:6} {:>10}", r.policy_epochs,
                     DurationText(r.sample_seconds + r.update_seconds));
}

TrainDisplay::TrainDisplay(TrainOutput output, std::int64_t start_steps, std::int64_t total_steps,
                           int steps_per_iteration)
    : output_(output),
      bar_(double(start_steps), double(total_steps), "steps"),
      total_steps_(total_steps),
      steps_(start_steps),
      steps_per_iteration_(steps_per_iteration) {
  pace_.Begin(steady_clock::now());
}

void TrainDisplay::ShowProgress(double fraction) {
  if (output_ == TrainOutput::kNothing) return;
  const double share = pace_.Share(fraction, steady_clock::now());
  bar_.Show(double(steps_) + share * steps_per_iteration_);
}

void TrainDisplay::ShowIteration(const LoggedIteration& iteration) {
  steps_ = iteration.report.steps;
  pace_.Finish(steady_clock::now());
  pace_.Begin(steady_clock::now());
  if (output_ == TrainOutput::kNothing) return;
  Clear();
  if (output_ == TrainOutput::kJson) {
    std::printf("%s\n", JsonRow(iteration, total_steps_).c_str());
  } else {
    if (rows_++ % kRowsPerHeading == 0) std::printf("%s\n", TrainHeading().c_str());
    std::printf("%s\n", TrainRow(iteration.report).c_str());
  }
  std::fflush(stdout);
}

}  // namespace lookout::app
