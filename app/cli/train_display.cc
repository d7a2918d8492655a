#include "app/cli/train_display.h"

#include <chrono>
#include <cmath>
#include <cstdio>

#include "app/runs/progress_log.h"
#include "app/runs/text_format.h"

namespace lookout::app {
namespace {

using std::chrono::steady_clock;

constexpr int kRowsPerHeading = 30;

// A number of that width, or a dash where there is none.
std::string Cell(double value, int width, int decimals) {
  if (!std::isfinite(value)) return FormatText("%*s", width, "-");
  return FormatText("%*.*f", width, decimals, value);
}

}  // namespace

std::string TrainHeading() {
  return FormatText("%5s %11s %9s %9s %9s %7s %8s %7s %6s %10s", "iter", "steps", "return", "cost",
                    "learned", "rate", "lambda", "KL", "passes", "time");
}

std::string TrainRow(const agents::IterationReport& r) {
  return FormatText("%5d %11lld ", r.iteration, static_cast<long long>(r.steps)) +
         Cell(r.mean_return, 9, 2) + " " + Cell(r.mean_true_cost, 9, 1) + " " +
         Cell(r.mean_learned_cost, 9, 1) + " " + Cell(r.true_cost_rate, 7, 4) + " " +
         Cell(r.multiplier, 8, 3) + " " + Cell(r.kl, 7, 4) + " " +
         FormatText("%6d %10s", r.policy_epochs,
                    DurationText(r.sample_seconds + r.update_seconds).c_str());
}

TrainDisplay::TrainDisplay(TrainOutput output, std::int64_t start_steps, std::int64_t total_steps,
                           int steps_per_iteration)
    : output_(output),
      bar_(double(start_steps), double(total_steps), "steps"),
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
    std::printf("%s\n", JsonRow(iteration).c_str());
  } else {
    if (rows_++ % kRowsPerHeading == 0) std::printf("%s\n", TrainHeading().c_str());
    std::printf("%s\n", TrainRow(iteration.report).c_str());
  }
  std::fflush(stdout);
}

}  // namespace lookout::app
