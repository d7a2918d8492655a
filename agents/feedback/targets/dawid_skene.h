// How good annotators are, from nothing but what each says of the same steps: Dawid and Skene's
// model (1979, "Maximum likelihood estimation of observer error-rates using the EM algorithm") for
// the two answers "unsafe" and "safe". Pure functions; any thread.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace lookout::agents {

inline constexpr std::int8_t kNoVote = -1;
inline constexpr std::int8_t kSafeVote = 0;
inline constexpr std::int8_t kUnsafeVote = 1;

// So many steps of which the annotators say just that.
struct VotePattern {
  std::vector<std::int8_t> votes;  // [annotators]
  std::int64_t steps = 0;
};

struct DawidSkene {
  double unsafe_share = 0.5;              // of the steps
  std::vector<double> hit_rates;          // [annotators] P(says unsafe | it is, and they speak)
  std::vector<double> false_alarm_rates;  // [annotators] P(says unsafe | it is safe, likewise)

  // P(unsafe | votes), the annotators erring independently. votes: [annotators].
  double UnsafeProbability(std::span<const std::int8_t> votes) const;
};

// Expectation and maximisation from the mean vote until nothing changes by 1e-9, 500 rounds at
// most. Beta priors hold every annotator for right in 40 of 50 steps of either kind before anything
// is seen, so that few steps in common change little and "unsafe" cannot come to mean safe; and the
// unsafe for one of two steps. Steps count each for itself, though those of one span hang together.
// Deterministic.
DawidSkene FitDawidSkene(std::span<const VotePattern> patterns, std::size_t annotators);

}  // namespace lookout::agents
