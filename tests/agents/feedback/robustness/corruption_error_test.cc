#include "agents/feedback/robustness/corruption_error.h"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <vector>

namespace lookout::agents {
namespace {

using Bits = std::vector<std::uint8_t>;

TEST_CASE("the balanced error is the mean of both shares of wrong verdicts") {
  const std::vector<float> scores{0.9F, 0.2F, 0.7F, 0.1F, 0.3F, 0.4F};
  const Bits unsafe{1, 1, 0, 0, 0, 0};
  CHECK(BalancedError({scores, unsafe}, 0.5F) == doctest::Approx(0.5 * (0.5 + 0.25)));
  CHECK(BalancedError({scores, unsafe}, 0.15F) == doctest::Approx(0.5 * (0.0 + 0.75)));
  CHECK(std::isnan(BalancedError({scores, Bits(6, 0)}, 0.5F)));
}

TEST_CASE("misses are counted where few safe steps are called unsafe") {
  std::vector<float> scores;
  Bits unsafe;
  for (int i = 0; i < 100; ++i) {
    scores.push_back(static_cast<float>(i) / 100.0F);
    unsafe.push_back(0);
  }
  for (const float score : {0.995F, 0.945F, 0.935F, 0.1F}) {
    scores.push_back(score);
    unsafe.push_back(1);
  }
  // Five of a hundred may be called unsafe: those above 0.94.
  CHECK(MissesAt({scores, unsafe}, 0.05) == doctest::Approx(0.5));
  CHECK(MissesAt({scores, unsafe}, 1.0) == doctest::Approx(0.0));
}

TEST_CASE("a threshold for false alarms is chosen on some steps and holds on others as it may") {
  const std::vector<float> chosen_on{0.1F, 0.2F, 0.3F, 0.4F, 0.9F};
  const float threshold = AlarmThreshold({chosen_on, Bits{0, 0, 0, 0, 1}}, 0.25);
  CHECK(threshold == doctest::Approx(0.3));
  const std::vector<float> others{0.35F, 0.5F, 0.1F, 0.25F, 0.8F};
  const ErrorShares errors = ErrorsAbove({others, Bits{0, 0, 0, 1, 1}}, threshold);
  CHECK(errors.false_alarms == doctest::Approx(2.0 / 3.0));
  CHECK(errors.missed == doctest::Approx(0.5));
  CHECK(std::isnan(AlarmThreshold({chosen_on, Bits(5, 1)}, 0.25)));
  CHECK(std::isnan(ErrorsAbove({others, Bits(5, 0)}, threshold).missed));
}

TEST_CASE("the best threshold lies between the classes") {
  const std::vector<float> scores{0.01F, 0.02F, 0.2F, 0.4F};
  const Bits unsafe{0, 0, 1, 1};
  CHECK(BestThreshold({scores, unsafe}) == doctest::Approx(0.11));
  CHECK(BalancedError({scores, unsafe}, BestThreshold({scores, unsafe})) == 0.0);
  CHECK(BestThreshold({scores, Bits(4, 0)}) == 0.5F);
}

TEST_CASE("corruption errors are sums over severities beside the reference's") {
  const SeverityErrors reference{0.1, 0.1, 0.2, 0.3, 0.3};
  const SeverityErrors half{0.05, 0.05, 0.1, 0.15, 0.15};
  CHECK(CorruptionError(half, reference) == doctest::Approx(0.5));
  // Beyond the clean errors of 0.05 and 0.02: (0.5 - 0.1) / (1.0 - 0.25).
  CHECK(RelativeCorruptionError(half, 0.02, reference, 0.05) == doctest::Approx(0.4 / 0.75));
}

TEST_CASE("flips count only where the truth stays") {
  const Bits unsafe{0, 0, 1, 1, 1, 0};
  const Bits verdicts{0, 1, 1, 0, 0, 0};
  // The truth stays into steps 1, 3 and 4; the verdict changes in the first two of them.
  CHECK(FlipShare(verdicts, unsafe) == doctest::Approx(2.0 / 3.0));
  const Bits before{0, 1, 0, 1, 0, 0};
  CHECK(ChangedShare(verdicts, before, unsafe) == doctest::Approx(1.0 / 3.0));
  CHECK(std::isnan(FlipShare(Bits{1}, Bits{1})));
}

TEST_CASE("a score that is not a number calls nothing unsafe") {
  const std::vector<float> scores{std::numeric_limits<float>::quiet_NaN(), 0.8F, 0.1F};
  const Bits unsafe{1, 1, 0};
  CHECK(BalancedError({scores, unsafe}, 0.5F) == doctest::Approx(0.25));
  CHECK(MissesAt({scores, unsafe}, 0.0) == doctest::Approx(0.5));
  CHECK(BestThreshold({scores, unsafe}) == doctest::Approx(0.45));
}

}  // namespace
}  // namespace lookout::agents
