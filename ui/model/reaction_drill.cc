#include "ui/model/reaction_drill.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <utility>

namespace lookout::ui {
namespace {

// Between the two nearest, as NumPy does it. ascending: not empty.
double Quantile(const std::vector<double>& ascending, double fraction) {
  const double place = fraction * static_cast<double>(ascending.size() - 1);
  const auto below = static_cast<std::size_t>(place);
  const std::size_t above = std::min(below + 1, ascending.size() - 1);
  return ascending[below] + (place - std::floor(place)) * (ascending[above] - ascending[below]);
}

}  // namespace

ReactionDrill::ReactionDrill(std::uint32_t seed, double now_s) : random_(seed) {
  next_s_ = now_s + random_.Uniform(kLeastPause_s, kMostPause_s);
}

void ReactionDrill::Update(double now_s) {
  if (!seen_s_) seen_s_ = now_s;
  // Nobody waits longer for the key than until the next disc may appear.
  if (awaits_release_ && now_s - *seen_s_ > kLapse_s) {
    Count(now_s - *seen_s_, trial_ - 1, releases_);
    awaits_release_ = false;
  }
  if (trial_ == kDrillTrials) return;
  if (shows_ && !judged_ && now_s - *seen_s_ > kLapse_s) {
    Count(now_s - *seen_s_, trial_, presses_);
    judged_ = true;
  }
  if (now_s < next_s_) return;
  if (shows_) {
    Go(now_s);
  } else {
    Appear(now_s);
  }
}

void ReactionDrill::Appear(double now_s) {
  shows_ = true;
  seen_s_.reset();
  next_s_ = now_s + random_.Uniform(kLeastDisc_s, kMostDisc_s);
}

void ReactionDrill::Go(double now_s) {
  shows_ = false;
  seen_s_.reset();
  next_s_ = now_s + random_.Uniform(kLeastPause_s, kMostPause_s);
  awaits_release_ = std::exchange(held_, false);
  judged_ = false;
  ++trial_;
}

// Whether it counts as a reaction at all; of practice nothing is kept.
bool ReactionDrill::Count(double latency_s, int trial, Latencies& latencies) {
  const bool early = latency_s < kAnticipation_s;
  const bool late = latency_s > kLapse_s;
  if (trial >= kDrillPractice) {
    latencies.anticipations += early ? 1 : 0;
    latencies.lapses += late ? 1 : 0;
    if (!early && !late) latencies.seconds.push_back(latency_s);
  }
  return !early && !late;
}

void ReactionDrill::Press(double at_s) {
  if (trial_ == kDrillTrials || std::exchange(judged_, true)) return;
  // Before there was anything to see, whenever that was.
  const double latency_s = shows_ && seen_s_ ? at_s - *seen_s_ : 0.0;
  held_ = Count(latency_s, trial_, presses_);
}

void ReactionDrill::Release(double at_s) {
  if (std::exchange(held_, false)) {
    Count(0.0, trial_, releases_);  // while the disc was still there
  } else if (std::exchange(awaits_release_, false)) {
    Count(seen_s_ ? at_s - *seen_s_ : 0.0, trial_ - 1, releases_);
  }
}

ReactionFigures ReactionDrill::FiguresOf(const Latencies& latencies) {
  ReactionFigures figures{.count = static_cast<int>(latencies.seconds.size()),
                          .anticipations = latencies.anticipations,
                          .lapses = latencies.lapses};
  if (latencies.seconds.empty()) return figures;
  std::vector<double> ascending = latencies.seconds;
  std::ranges::sort(ascending);
  figures.median_s = Quantile(ascending, 0.5);
  figures.lower_quartile_s = Quantile(ascending, 0.25);
  figures.upper_quartile_s = Quantile(ascending, 0.75);
  return figures;
}

}  // namespace lookout::ui
