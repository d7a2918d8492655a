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
  // What the learner starts sequences with.
  CHECK(buffer.value_states.col(buffer.state_columns[5]) == before.col(1));
  CHECK(buffer.state_columns[2] < 0);  // nothing
  // The next collection goes on where this one ended.
  CHECK(ValueAfter(critic, buffer.next_observations.col(4), remembered.col(0)) ==
        doctest::Approx((buffer.value_targets[4] - buffer.rewards[4]) / kGamma).epsilon(1e-4));
}

TEST_CASE("a sequence within a segment begins with what the steps before it left") {
  constexpr int kSteps = 600;  // more than are worked on at once
  RolloutBuffer buffer(2, 1, 1, kSteps, {.value = 3});
  buffer.observations.setRandom();
  buffer.next_observations.setRandom();
  buffer.DropDiverged();
  GruNetwork critic(2, 3, 1);
  RandomState random(1);
  critic.Initialise(random, 1.0);
  Eigen::MatrixXf remembered = Eigen::MatrixXf::Zero(3, 1);
  WorkerPool pool(1);
  ValueEstimator estimator(critic, buffer.capacity(), pool.workers());
  estimator.Estimate(critic, buffer, {kGamma, kLambda}, pool, Fields(buffer), remembered);
  for (const int begin : {0, 32, 512, 544}) {
    CAPTURE(begin);
    const Eigen::VectorXf state = buffer.value_states.col(buffer.state_columns[begin]);
    const double value = ValueAfter(critic, buffer.observations.middleCols(begin, 20), state);
    CHECK(double(buffer.values[begin + 19]) == doctest::Approx(value).epsilon(1e-5));
  }
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
