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
RolloutBuffer FewEpisodes() {
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

ValueFields Fields(RolloutBuffer& buffer) {
  return {buffer.rewards, buffer.value_states, buffer.values, buffer.advantages,
          buffer.value_targets};
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
Expected ExpectedAt(const RolloutBuffer& buffer, const RolloutSegment& segment, int sample) {
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
  RolloutBuffer buffer = FewEpisodes();
  REQUIRE(buffer.segments.size() == 3);
  WorkerPool pool(2);
  Eigen::MatrixXf nothing;
  ValueEstimator estimator(Critic(), buffer.capacity(), pool.workers());
  for (const bool lambda_targets : {false, true}) {
    CAPTURE(lambda_targets);
    estimator.Estimate(Critic(), buffer, {kGamma, kLambda, lambda_targets}, pool, Fields(buffer),
                       nothing);
    for (const RolloutSegment& segment : buffer.segments) {
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

// The value after those observations, from the first on, of a network that starts with `state`.
double ValueAfter(const GruNetwork& network, const Eigen::MatrixXf& observations,
                  const Eigen::VectorXf& state) {
  GruWorkspace workspace(network, static_cast<int>(observations.cols()));
  const int start = 0;
  return double(
      network.Forward({observations, {&start, 1}, state}, workspace)(0, observations.cols() - 1));
}

TEST_CASE("a value network with memory sees each episode from its start, across collections") {
  RolloutBuffer buffer(2, 1, 2, 5, {.value = 3});
  buffer.observations = FewEpisodes().observations / 10.0F;
  buffer.next_observations = FewEpisodes().next_observations / 10.0F;
  buffer.status[1] = EpisodeStatus::kGoalMet;
  buffer.DropDiverged();
  GruNetwork critic(2, 3, 1);
  RandomState random(1);
  critic.Initialise(random, 1.0);
  Eigen::MatrixXf remembered = Eigen::MatrixXf::Random(3, 2);
  const Eigen::MatrixXf before = remembered;
  WorkerPool pool(2);
  ValueEstimator estimator(critic, buffer.capacity(), pool.workers());
  estimator.Estimate(critic, buffer, {kGamma, kLambda}, pool, Fields(buffer), remembered);

  const auto value = [&](int first, int last, const Eigen::VectorXf& state) {
    return doctest::Approx(
        ValueAfter(critic, buffer.observations.middleCols(first, last - first + 1), state));
  };
  const Eigen::VectorXf nothing = Eigen::VectorXf::Zero(3);
  CHECK(buffer.values[0] == value(0, 0, before.col(0)));
  CHECK(buffer.values[1] == value(0, 1, before.col(0)));
  CHECK(buffer.values[2] == value(2, 2, nothing));  // a new episode
  CHECK(buffer.values[4] == value(2, 4, nothing));
  CHECK(buffer.values[9] == value(5, 9, before.col(1)));
  // What stands before a sample is what the learner starts a sequence with.
  CHECK(buffer.values[8] == value(8, 8, buffer.value_states.col(8)));
  CHECK(buffer.value_states.col(2).isZero());
  // The next collection goes on where this one ended.
  CHECK(ValueAfter(critic, buffer.next_observations.col(4), remembered.col(0)) ==
        doctest::Approx((buffer.value_targets[4] - buffer.rewards[4]) / kGamma).epsilon(1e-4));
}

TEST_CASE("what was remembered of an episode ends with it") {
  RolloutBuffer buffer(2, 1, 2, 5, {.value = 3});
  buffer.status[4] = EpisodeStatus::kTimedOut;
  buffer.status[9] = EpisodeStatus::kDiverged;
  buffer.DropDiverged();
  GruNetwork critic(2, 3, 1);
  RandomState random(1);
  critic.Initialise(random, 1.0);
  Eigen::MatrixXf remembered = Eigen::MatrixXf::Random(3, 2);
  WorkerPool pool(1);
  ValueEstimator estimator(critic, buffer.capacity(), pool.workers());
  estimator.Estimate(critic, buffer, {kGamma, kLambda}, pool, Fields(buffer), remembered);
  CHECK(remembered.isZero());
}

}  // namespace
}  // namespace lookout::agents
