#include "app/cli/train_display.h"

#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace lookout::app {
namespace {

using std::chrono::steady_clock;

constexpr int kBarCells = 28;
constexpr int kRowsPerHeading = 30;
constexpr auto kRedrawInterval = std::chrono::milliseconds(100);

double Seconds(steady_clock::duration duration) {
  return std::chrono::duration<double>(duration).count();
}

template <typename... Values>
std::string Format(const char* format, Values... values) {
  char text[256];
  std::snprintf(text, sizeof(text), format, values...);
  return text;
}

// A number of that width, or a dash where there is none.
std::string Cell(double value, int width, int decimals) {
  if (!std::isfinite(value)) return Format("%*s", width, "-");
  return Format("%*.*f", width, decimals, value);
}

std::string StepsText(double steps) {
  if (steps >= 999'500) return Format("%.2f M", steps / 1e6);
  return Format("%.0f k", steps / 1e3);
}

}  // namespace

std::string DurationText(double seconds) {
  const auto s = static_cast<long>(std::lround(seconds));
  if (s >= 3600) return Format("%ld h %02ld min", s / 3600, s / 60 % 60);
  if (s >= 60) return Format("%ld min %02ld s", s / 60, s % 60);
  return Format("%ld s", s);
}

std::string TrainHeading() {
  return Format("%5s %11s %9s %9s %9s %7s %8s %7s %6s %10s", "iter", "steps", "return", "cost",
                "learned", "rate", "lambda", "KL", "passes", "time");
}

std::string TrainRow(const agents::IterationReport& r) {
  return Format("%5d %11lld ", r.iteration, static_cast<long long>(r.steps)) +
         Cell(r.mean_return, 9, 2) + " " + Cell(r.mean_true_cost, 9, 1) + " " +
         Cell(r.mean_learned_cost, 9, 1) + " " + Cell(r.true_cost_rate, 7, 4) + " " +
         Cell(r.multiplier, 8, 3) + " " + Cell(r.kl, 7, 4) + " " +
         Format("%6d %10s", r.policy_passes,
                DurationText(r.sample_seconds + r.update_seconds).c_str());
}

TrainDisplay::TrainDisplay(std::int64_t start_steps, std::int64_t total_steps,
                           int steps_per_iteration)
    : start_steps_(start_steps),
      steps_(start_steps),
      total_steps_(std::max<std::int64_t>(total_steps, 1)),
      steps_per_iteration_(steps_per_iteration),
      is_terminal_(isatty(STDERR_FILENO) == 1),
      start_(steady_clock::now()),
      last_drawn_(start_ - kRedrawInterval) {}

std::string TrainDisplay::BarText(double fraction) const {
  const double steps = double(steps_) + fraction * steps_per_iteration_;
  const double done = std::clamp(steps / double(total_steps_), 0.0, 1.0);
  const double elapsed = Seconds(steady_clock::now() - start_);
  const double new_steps = steps - double(start_steps_);
  std::string bar;
  for (int i = 0; i < kBarCells; ++i) bar += i < std::lround(done * kBarCells) ? "█" : "░";
  bar += Format(" %3.0f %%  ", 100.0 * done) + StepsText(steps) + " of " +
         StepsText(double(total_steps_)) + " steps";
  if (new_steps > 0 && elapsed > 2.0) {
    const double rate = new_steps / elapsed;
    bar += Format("  %.0f steps/s  ", rate) +
           DurationText(std::max(0.0, double(total_steps_) - steps) / rate) + " left";
  }
  return bar;
}

void TrainDisplay::ShowProgress(double fraction) {
  const auto now = steady_clock::now();
  if (!is_terminal_ || now - last_drawn_ < kRedrawInterval) return;
  last_drawn_ = now;
  std::fprintf(stderr, "\r\x1b[K%s", BarText(fraction).c_str());
  std::fflush(stderr);
}

void TrainDisplay::ShowIteration(const agents::IterationReport& report) {
  steps_ = report.steps;
  Clear();
  if (rows_++ % kRowsPerHeading == 0) std::printf("%s\n", TrainHeading().c_str());
  std::printf("%s\n", TrainRow(report).c_str());
  std::fflush(stdout);
}

void TrainDisplay::Clear() {
  if (!is_terminal_) return;
  std::fputs("\r\x1b[K", stderr);
  std::fflush(stderr);
}

}  // namespace lookout::app
