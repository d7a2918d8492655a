#include "agents/feedback/robustness/corruption_error.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <numeric>
#include <vector>

#include "sim/base/check.h"

namespace lookout::agents {
namespace {

constexpr double kNothing = std::numeric_limits<double>::quiet_NaN();

double Sum(const SeverityErrors& errors) {
  return std::accumulate(errors.begin(), errors.end(), 0.0);
}

// Scores of one class, the highest first, those that are none at the end.
std::vector<float> ScoresOf(const ScoredSteps& steps, bool unsafe) {
  std::vector<float> scores;
  for (std::size_t i = 0; i < steps.scores.size(); ++i) {
    if ((steps.unsafe[i] != 0) != unsafe) continue;
    scores.push_back(std::isnan(steps.scores[i]) ? -std::numeric_limits<float>::infinity()
                                                 : steps.scores[i]);
  }
  std::ranges::sort(scores, std::greater<>());
  return scores;
}

// differs(j): of the steps j from 1 on whose truth is that of the step before.
template <typename Differs>
double ShareWhereConstant(std::span<const std::uint8_t> unsafe, Differs&& differs) {
  double flips = 0.0;
  double steps = 0.0;
  for (std::size_t j = 1; j < unsafe.size(); ++j) {
    if (unsafe[j] != unsafe[j - 1]) continue;
    steps += 1.0;
    if (differs(j)) flips += 1.0;
  }
  return steps > 0.0 ? flips / steps : kNothing;
}

}  // namespace

double BalancedError(const ScoredSteps& steps, float threshold) {
  LOOKOUT_CHECK(steps.scores.size() == steps.unsafe.size(), "a truth for each score");
  std::array<double, 2> wrong{};
  std::array<double, 2> all{};
  for (std::size_t i = 0; i < steps.scores.size(); ++i) {
    const bool unsafe = steps.unsafe[i] != 0;
    const std::size_t of = unsafe ? 1 : 0;
    all[of] += 1.0;
    if ((steps.scores[i] >= threshold) != unsafe) wrong[of] += 1.0;
  }
  if (all[0] == 0.0 || all[1] == 0.0) return kNothing;
  return 0.5 * (wrong[0] / all[0] + wrong[1] / all[1]);
}

float AlarmThreshold(const ScoredSteps& steps, double false_alarms) {
  LOOKOUT_CHECK(steps.scores.size() == steps.unsafe.size(), "a truth for each score");
  const std::vector<float> safe = ScoresOf(steps, false);
  if (safe.empty()) return std::numeric_limits<float>::quiet_NaN();
  // The first safe score that may not be called unsafe any more.
  const auto allowed = static_cast<std::size_t>(false_alarms * static_cast<double>(safe.size()));
  return allowed < safe.size() ? safe[allowed] : -std::numeric_limits<float>::infinity();
}

ErrorShares ErrorsAbove(const ScoredSteps& steps, float threshold) {
  LOOKOUT_CHECK(steps.scores.size() == steps.unsafe.size(), "a truth for each score");
  if (std::isnan(threshold)) return {kNothing, kNothing};
  const auto share_above = [&](bool unsafe) {
    const std::vector<float> scores = ScoresOf(steps, unsafe);
    if (scores.empty()) return kNothing;
    const auto above = std::ranges::count_if(scores, [&](float s) { return s > threshold; });
    return static_cast<double>(above) / static_cast<double>(scores.size());
  };
  return {share_above(false), 1.0 - share_above(true)};
}

double MissesAt(const ScoredSteps& steps, double false_alarms) {
  return ErrorsAbove(steps, AlarmThreshold(steps, false_alarms)).missed;
}

float BestThreshold(const ScoredSteps& steps) {
  LOOKOUT_CHECK(steps.scores.size() == steps.unsafe.size(), "a truth for each score");
  const std::vector<float> safe = ScoresOf(steps, false);
  const std::vector<float> unsafe = ScoresOf(steps, true);
  float best = 0.5F;
  if (safe.empty() || unsafe.empty()) return best;
  std::vector<float> levels = safe;
  levels.insert(levels.end(), unsafe.begin(), unsafe.end());
  std::ranges::sort(levels, std::greater<>());
  levels.erase(std::unique(levels.begin(), levels.end()), levels.end());
  double least = std::numeric_limits<double>::infinity();
  std::size_t alarms = 0;
  std::size_t hits = 0;
  for (std::size_t i = 0; i < levels.size(); ++i) {
    while (alarms < safe.size() && safe[alarms] >= levels[i]) ++alarms;
    while (hits < unsafe.size() && unsafe[hits] >= levels[i]) ++hits;
    const double error = static_cast<double>(alarms) / static_cast<double>(safe.size()) -
                         static_cast<double>(hits) / static_cast<double>(unsafe.size());
    if (error >= least) continue;
    least = error;
    const float next = i + 1 < levels.size() ? levels[i + 1] : levels[i];
    best = std::isfinite(next) ? next + 0.5F * (levels[i] - next) : levels[i];
  }
  return best;
}

double CorruptionError(const SeverityErrors& errors, const SeverityErrors& reference) {
  return Sum(errors) / Sum(reference);
}

double RelativeCorruptionError(const SeverityErrors& errors, double clean,
                               const SeverityErrors& reference, double reference_clean) {
  constexpr auto kCount = static_cast<double>(kSeverities);
  return (Sum(errors) - kCount * clean) / (Sum(reference) - kCount * reference_clean);
}

double FlipShare(std::span<const std::uint8_t> verdicts, std::span<const std::uint8_t> unsafe) {
  LOOKOUT_CHECK(verdicts.size() == unsafe.size(), "a truth for each verdict");
  return ShareWhereConstant(unsafe, [&](std::size_t j) { return verdicts[j] != verdicts[j - 1]; });
}

double ChangedShare(std::span<const std::uint8_t> verdicts, std::span<const std::uint8_t> before,
                    std::span<const std::uint8_t> unsafe) {
  LOOKOUT_CHECK(verdicts.size() == unsafe.size() && before.size() == unsafe.size(),
                "a truth for each verdict");
  return ShareWhereConstant(unsafe, [&](std::size_t j) { return verdicts[j] != before[j]; });
}

}  // namespace lookout::agents
