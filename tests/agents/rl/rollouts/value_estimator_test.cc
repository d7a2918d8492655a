#include "agents/rl/rollouts/value_estimator.h"

#include <doctest/doctest.h>

#include <cmath>

namespace lookout::agents {
namespace {

using sim::EpisodeStatus;

constexpr double kGamma = 0.9;
constexpr double kLambda = 0.8;

// Two environments of five steps. The first one's episode ends for good after two steps, the next
// is cut off; the second one's is timed out. What follows a segment is no sample of the buffer.
RolloutBuffer Collection() {
  RolloutBuffer buffer(2, 1, 2, 5);
  for (int i = 0; i < buffer.capacity(); ++i) {
    buffer.rewards[i] = static_cast<float>(0.5 * i - 1.0);
    buffer.observations.col(i) << static_cast<float>(i), static_cast<float>(0.1 * i * i);
    buffer.next_observations.col(i) << static_cast<float>(10 + i), -static_cast<float>(i);
  }
  buffer.status[1] = EpisodeStatus::kGoalMet;
  buffer.status[9] = EpisodeStatus::kTimedOut;
  buffer.DropDiverged();
  return buffer;
}

// V(o) = 0.3 o_0 - 0.2 o_1 + 0.7.
Mlp Critic() {
  Mlp critic({2, 1});
  critic.mutable_parameters() << 0.3F, -0.2F, 0.7F;
  return critic;
}

double ValueOf(const Eigen::MatrixXf& observations, int sample) {
  return 0.3 * double(observations(0, sample)) - 0.2 * double(observations(1, sample)) + 0.7;
}

struct Expected {
  double advantage = 0.0;
  double discounted_return = 0.0;
};

// From the definitions, term by term.
Expected ExpectedAt(const RolloutBuffer& buffer, const Segment& segment, int sample) {
  const int end = segment.begin + segment.size;
  const double after = segment.bootstraps ? ValueOf(buffer.next_observations, end - 1) : 0.0;
  Expected expected;
  for (int k = sample; k < end; ++k) {
    const double next = k + 1 < end ? ValueOf(buffer.observations, k + 1) : after;
    const double error =
        double(buffer.rewards[k]) + kGamma * next - ValueOf(buffer.observations, k);
    expected.advantage += std::pow(kGamma * kLambda, k - sample) * error;
    expected.discounted_return += std::pow(kGamma, k - sample) * double(buffer.rewards[k]);
  }
  expected.discounted_return += std::pow(kGamma, end - sample) * after;
  return expected;
}

TEST_CASE("advantages and targets are those of each segment, bootstrapped from what followed it") {
  RolloutBuffer buffer = Collection();
  REQUIRE(buffer.segments.size() == 3);
  WorkerPool pool(2);
  ValueEstimator estimator(Critic(), buffer.capacity(), pool.workers());
  for (const bool lambda_targets : {false, true}) {
    CAPTURE(lambda_targets);
    estimator.Estimate(Critic(), buffer, {kGamma, kLambda, lambda_targets}, buffer.rewards, pool,
                       buffer.values, buffer.advantages, buffer.value_targets);
    for (const Segment& segment : buffer.segments) {
      for (int i = segment.begin; i < segment.begin + segment.size; ++i) {
        CAPTURE(i);
        const Expected expected = ExpectedAt(buffer, segment, i);
        const double value = ValueOf(buffer.observations, i);
        CHECK(buffer.values[i] == doctest::Approx(value));
        CHECK(buffer.advantages[i] == doctest::Approx(expected.advantage));
        CHECK(buffer.value_targets[i] == doctest::Approx(lambda_targets
                                                             ? expected.advantage + value
                                                             : expected.discounted_return));
      }
    }
  }
}

}  // namespace
}  // namespace lookout::agents
