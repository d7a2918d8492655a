// How far corrupted observations mislead a cost model, against another on the same labels (the
// measures of Hendrycks and Dietterich 2019). Pure functions; any thread.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "agents/feedback/robustness/corruptions.h"

namespace lookout::agents {

// Scores and the truth, step by step: spans of the same length.
struct ScoredSteps {
  std::span<const float> scores;
  std::span<const std::uint8_t> unsafe;
};

// E: 1 - balanced accuracy, the mean of the shares of misses and of false alarms, where scores of
// `threshold` and above call a step unsafe. NaN if a class is missing. A score that is not a number
// calls nothing unsafe.
double BalancedError(const ScoredSteps& steps, float threshold);
// The least level where at most that share of the safe steps scores above it. NaN without safe
// ones.
float AlarmThreshold(const ScoredSteps& steps, double false_alarms);
// Where scores above `threshold` call a step unsafe: of the safe steps the share that is called so,
// of the unsafe ones the share that is not. NaN of a class that is missing, and of no threshold.
struct ErrorShares {
  double false_alarms = 0.0;
  double missed = 0.0;
};
ErrorShares ErrorsAbove(const ScoredSteps& steps, float threshold);
// Share of the unsafe steps that are missed where at most that share of the safe ones is called
// unsafe. NaN if a class is missing.
double MissesAt(const ScoredSteps& steps, double false_alarms);
// With which BalancedError is least; half way between two scores. 0.5 if a class is missing.
float BestThreshold(const ScoredSteps& steps);

// Of one corruption, by severity.
using SeverityErrors = std::array<double, kSeverities>;

// CE: the errors' sum over the reference's. Beyond the clean error of either: the relative CE.
double CorruptionError(const SeverityErrors& errors, const SeverityErrors& reference);
double RelativeCorruptionError(const SeverityErrors& errors, double clean,
                               const SeverityErrors& reference, double reference_clean);

// FP: of the steps whose truth is that of the step before, the share whose verdict is not. NaN
// without any. Spans of one episode, of the same length.
double FlipShare(std::span<const std::uint8_t> verdicts, std::span<const std::uint8_t> unsafe);
// The same against other verdicts of the same step, for noise that is new in every step.
double ChangedShare(std::span<const std::uint8_t> verdicts, std::span<const std::uint8_t> before,
                    std::span<const std::uint8_t> unsafe);

}  // namespace lookout::agents
