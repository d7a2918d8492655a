#include "agents/rl/algorithms/losses.h"

#include <doctest/doctest.h>

#include <cmath>
#include <numeric>
#include <span>

#include "agents/policies/learned/gaussian_actor.h"

namespace lookout::agents {
namespace {

constexpr int kColumns = 40;

// A collection with random contents and a network that has moved away from the acting policy, so
// that some ratios are clipped on either side.
struct Scene {
  Scene() : buffer(3, 2, 4, 10) {
    RandomState random(11);
    Mlp mlp({3, 8, 2});
    mlp.InitialiseGlorot(random);
    old_log_std = Eigen::Vector2f(-0.4F, -0.7F);
    for (auto* matrix : {&buffer.observations, &buffer.actions, &buffer.means}) {
      for (float& value : matrix->reshaped()) value = 0.7F * float(random.Normal());
    }
    for (int i = 0; i < kColumns; ++i) {
      buffer.advantages[i] = float(random.Normal());
      buffer.cost_advantages[i] = float(random.Normal());
      buffer.value_targets[i] = float(random.Normal());
    }
    net = TrainedNetwork(mlp, Eigen::Vector2f(-0.5F, -0.6F), {.learning_rate = 1e-3});
    // The policy that acted is near the present one.
    MlpWorkspace workspace(mlp, kColumns);
    const auto means = mlp.Forward(buffer.observations, workspace);
    for (int i = 0; i < kColumns; ++i) {
      const float log_probability =
          GaussianLogProbability(buffer.actions.col(i), means.col(i), net.log_std);
      buffer.log_probabilities[i] = log_probability + 0.3F * float(random.Normal());
    }
    samples.resize(kColumns);
    std::iota(samples.begin(), samples.end(), 0);
  }

  // From then on every third sample was blocked: something else than proposed was done.
  void Block() {
    RandomState random(12);
    buffer.blocked_actions = buffer.actions;
    buffer.blocked_log_probabilities = buffer.log_probabilities;
    for (float& value : buffer.blocked_actions.reshaped()) value += 0.2F * float(random.Normal());
    for (int i = 0; i < kColumns; i += 3) buffer.blocked_steps[i] = 1.0F;
    buffer.block_penalty = 0.8F;
  }

  SampleSequences Samples() const { return std::span<const int>(samples); }
  SampleInputs Inputs() const { return {buffer.observations, buffer.policy_states}; }

  double Loss(const SampleLoss& loss) {
    NetworkTrainer trainer(net, 1);
    trainer.RunShard({}, net, Samples(), Inputs(), loss);
    CHECK(trainer.Reduce(1));
    return trainer.sums().loss;
  }

  RolloutBuffer buffer;
  TrainedNetwork net;
  Eigen::VectorXf old_log_std;
  std::vector<int> samples;
};

double CentralDifference(Scene& scene, const SampleLoss& loss, float& parameter) {
  const float kept = parameter;
  const float step = 2e-3F;
  parameter = kept + step;
  const double above = scene.Loss(loss);
  parameter = kept - step;
  const double below = scene.Loss(loss);
  parameter = kept;
  return (above - below) / (2.0 * double(step));
}

TEST_CASE("the policy's gradient agrees with finite differences") {
  PolicyObjective objective{.clip_ratio = 0.2};
  SUBCASE("PPO") {}
  SUBCASE("PPO-Lagrangian") { objective.multiplier = 1.7; }
  SUBCASE("with an entropy bonus") {
    objective.multiplier = 0.5;
    objective.entropy_bonus = 0.3;
  }
  Scene scene;
  SUBCASE("with blocked proposals") {
    objective.multiplier = 1.7;
    scene.Block();
  }
  PolicyLoss loss(scene.buffer, scene.net.log_std, scene.old_log_std, objective);
  loss.set_samples(kColumns);
  NetworkTrainer trainer(scene.net, 1);
  trainer.RunShard({}, scene.net, scene.Samples(), scene.Inputs(), loss);
  REQUIRE(trainer.Reduce(1));
  CHECK(trainer.sums().clipped > 0.1);
  CHECK(trainer.sums().clipped < 0.9);
  for (int i = 0; i < scene.net.network.parameter_count(); ++i) {
    CAPTURE(i);
    float& parameter = scene.net.network.mutable_parameters()[i];
    CHECK(double(trainer.gradient()[i]) ==
          doctest::Approx(CentralDifference(scene, loss, parameter)).epsilon(0.02).scale(0.05));
  }
  for (int i = 0; i < 2; ++i) {
    CHECK(double(trainer.log_std_gradient()[i]) ==
          doctest::Approx(CentralDifference(scene, loss, scene.net.log_std[i]))
              .epsilon(0.02)
              .scale(0.05));
  }
}

TEST_CASE("the value network's gradient agrees with finite differences") {
  Scene scene;
  RandomState random(2);
  Mlp mlp({3, 8, 1});
  mlp.InitialiseGlorot(random);
  scene.net = TrainedNetwork(mlp, {}, {.learning_rate = 1e-3});
  ValueLoss loss(scene.buffer.value_targets);
  loss.set_samples(kColumns);
  NetworkTrainer trainer(scene.net, 1);
  trainer.RunShard({}, scene.net, scene.Samples(), scene.Inputs(), loss);
  REQUIRE(trainer.Reduce(1));
  for (int i = 0; i < scene.net.network.parameter_count(); ++i) {
    float& parameter = scene.net.network.mutable_parameters()[i];
    CHECK(double(trainer.gradient()[i]) ==
          doctest::Approx(CentralDifference(scene, loss, parameter)).epsilon(0.01).scale(0.05));
  }
}

TEST_CASE("the objective by hand: clipped reward term, unclipped cost term") {
  RolloutBuffer buffer(1, 1, 1, 1);
  buffer.actions(0, 0) = 0.0F;
  buffer.means(0, 0) = 0.0F;
  buffer.advantages[0] = 2.0F;
  buffer.cost_advantages[0] = 3.0F;
  Mlp mlp({1, 1});  // mean 0 whatever it sees
  const Eigen::VectorXf log_std = Eigen::VectorXf::Zero(1);
  TrainedNetwork net(mlp, log_std, {.learning_rate = 1e-3});
  // The acting policy gave the action half the probability, so the ratio is 2.
  buffer.log_probabilities[0] =
      GaussianLogProbability(buffer.actions.col(0), buffer.means.col(0), log_std) - std::log(2.0F);
  PolicyLoss loss(buffer, net.log_std, log_std, {.clip_ratio = 0.2, .multiplier = 0.5});
  loss.set_samples(1);
  NetworkTrainer trainer(net, 1);
  const int sample = 0;
  trainer.RunShard({}, net, std::span(&sample, 1), {buffer.observations, buffer.policy_states},
                   loss);
  REQUIRE(trainer.Reduce(1));
  CHECK(trainer.sums().loss == doctest::Approx(-(1.2 * 2.0 - 0.5 * 2.0 * 3.0) / 1.5));
  CHECK(trainer.sums().kl == doctest::Approx(0.0));
  CHECK(trainer.sums().clipped == 1.0);
  CHECK(trainer.sums().cost == doctest::Approx(2.0 * 3.0));
}

TEST_CASE("the unclipped surrogate's gradient agrees with finite differences, of reward or cost") {
  Scene scene;
  PolicyObjective objective;
  SUBCASE("reward") {}
  SUBCASE("cost") { objective.advantages = &scene.buffer.cost_advantages; }
  PolicyLoss loss(scene.buffer, scene.net.log_std, scene.old_log_std, objective);
  loss.set_samples(kColumns);
  NetworkTrainer trainer(scene.net, 1);
  trainer.RunShard({}, scene.net, scene.Samples(), scene.Inputs(), loss);
  REQUIRE(trainer.Reduce(1));
  CHECK(trainer.sums().clipped == 0.0);
  const Eigen::VectorXf gradient = trainer.gradient();
  for (int i = 0; i < scene.net.network.parameter_count(); ++i) {
    float& parameter = scene.net.network.mutable_parameters()[i];
    CHECK(double(gradient[i]) ==
          doctest::Approx(CentralDifference(scene, loss, parameter)).epsilon(0.02).scale(0.05));
  }
}

TEST_CASE("a blocked proposal counts beside what was done, worth less by the penalty") {
  RolloutBuffer buffer(1, 1, 1, 1, {}, /*keeps_blocked=*/true);
  buffer.actions(0, 0) = 0.5F;
  buffer.blocked_actions(0, 0) = -1.0F;
  buffer.blocked_steps[0] = 1.0F;
  buffer.advantages[0] = 2.0F;
  buffer.block_penalty = 0.75F;
  Mlp mlp({1, 1});  // mean 0 whatever it sees
  const Eigen::VectorXf log_std = Eigen::VectorXf::Zero(1);
  TrainedNetwork net(mlp, log_std, {.learning_rate = 1e-3});
  const auto likelihood = [&](const Eigen::MatrixXf& action) {
    return GaussianLogProbability(action.col(0), buffer.means.col(0), log_std);
  };
  buffer.log_probabilities[0] = likelihood(buffer.actions);
  buffer.blocked_log_probabilities[0] = likelihood(buffer.blocked_actions) - std::log(1.1F);
  PolicyLoss loss(buffer, net.log_std, log_std, {.clip_ratio = 0.2});
  loss.set_samples(1);
  NetworkTrainer trainer(net, 1);
  const int sample = 0;
  trainer.RunShard({}, net, std::span(&sample, 1), {buffer.observations, buffer.policy_states},
                   loss);
  REQUIRE(trainer.Reduce(1));
  CHECK(trainer.sums().loss == doctest::Approx(-(2.0 + 1.1 * (2.0 - 0.75))));
}

TEST_CASE("the KL divergence of two Gaussians by hand") {
  const Eigen::VectorXf mean = Eigen::VectorXf::Constant(1, 1.0F);
  const Eigen::VectorXf old_mean = Eigen::VectorXf::Constant(1, 0.0F);
  const Eigen::VectorXf log_std = Eigen::VectorXf::Constant(1, std::log(2.0F));
  const Eigen::VectorXf old_log_std = Eigen::VectorXf::Constant(1, std::log(3.0F));
  CHECK(GaussianKl(mean, log_std, old_mean, old_log_std) ==
        doctest::Approx(std::log(3.0 / 2.0) + (4.0 + 1.0) / (2.0 * 9.0) - 0.5));
  CHECK(GaussianKl(mean, log_std, mean, log_std) == doctest::Approx(0.0));
}

}  // namespace
}  // namespace lookout::agents
