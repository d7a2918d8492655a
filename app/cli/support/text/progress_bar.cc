#include "app/cli/support/text/progress_bar.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace lookout::app {
namespace {

using std::chrono::steady_clock;

constexpr int kBarCells = 28;
constexpr double kLeastSeconds = 2.0;  // before these the speed says nothing
constexpr auto kRedrawInterval = std::chrono::milliseconds(100);

std::string CountText(double count) {
  if (count >= 999'500) return fmt::format("{:.2f} M", count / 1e6);
  if (count >= 10'000) return fmt::format("{:.0f} k", count / 1e3);
  return fmt::format("{:.0f}", count);
}

}  // namespace

std::string DurationText(double seconds) {
  const auto s = static_cast<long>(std::lround(seconds));
  if (s >= 3600) return fmt::format("{} h {:02} min", s / 3600, s / 60 % 60);
  if (s >= 60) return fmt::format("{} min {:02} s", s / 60, s % 60);
  return fmt::format("{} s", s);
}

std::string BarText(double done, double total, double new_since_start, double seconds,
                    const std::string& unit) {
  const double share = std::clamp(done / std::max(total, 1.0), 0.0, 1.0);
  std::string bar;
  for (int i = 0; i < kBarCells; ++i) bar += i < std::lround(share * kBarCells) ? "█" : "░";
  bar += fmt::format(" {:3.0f} %  ", 100.0 * share) + CountText(done) + " of " + CountText(total) +
         " " + unit;
  if (new_since_start <= 0 || seconds < kLeastSeconds) return bar;
  const double rate = new_since_start / seconds;
  return bar + fmt::format("  {:.{}f} ", rate, rate < 10 ? 1 : 0) + unit + "/s  " +
         DurationText(std::max(0.0, total - done) / rate) + " left";
}

ProgressBar::ProgressBar(double start, double total, std::string unit)
    : start_done_(start),
      total_(total),
      unit_(std::move(unit)),
      is_terminal_(isatty(STDERR_FILENO) == 1),
      start_(steady_clock::now()),
      last_drawn_(start_ - kRedrawInterval) {}

void ProgressBar::Show(double done) {
  const auto now = steady_clock::now();
  if (!is_terminal_ || now - last_drawn_ < kRedrawInterval) return;
  last_drawn_ = now;
  const double seconds = std::chrono::duration<double>(now - start_).count();
  std::fprintf(stderr, "\r\x1b[K%s",
               BarText(done, total_, done - start_done_, seconds, unit_).c_str());
  std::fflush(stderr);
}

void ProgressBar::Clear() const {
  if (!is_terminal_) return;
  std::fputs("\r\x1b[K", stderr);
  std::fflush(stderr);
}

}  // namespace lookout::app
