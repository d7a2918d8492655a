#include <doctest/doctest.h>

#include <Eigen/Cholesky>
#include <cmath>
#include <numeric>
#include <span>
#include <vector>

#include "agents/policies/learned/gaussian_actor.h"
#include "agents/rl/algorithms/conjugate_gradient.h"
#include "agents/rl/algorithms/fisher_product.h"
#include "agents/rl/algorithms/line_search.h"

namespace lookout::agents {
namespace {

constexpr int kColumns = 300;  // two shards
constexpr double kDamping = 0.1;

struct GradientScene {
  GradientScene() {
    RandomState random(3);
    Mlp mlp({3, 5, 4, 2});
    mlp.InitialiseGlorot(random);
    for (float& value : mlp.mutable_parameters()) value += 0.1F * float(random.Normal());
    policy = TrainedNetwork(mlp, Eigen::Vector2f(-0.5F, 0.2F), {.learning_rate = 1e-3});
    observations.resize(3, kColumns);
    for (float& value : observations.reshaped()) value = float(random.Normal());
    samples.resize(kColumns);
    std::iota(samples.begin(), samples.end(), 0);
  }
  const Mlp& network() const { return *policy.network.mlp(); }
  int network_size() const { return policy.network.parameter_count(); }
  int size() const { return network_size() + 2; }

  // mean over samples of J' M J + damping I, written down.
  Eigen::MatrixXd Explicit() const {
    Eigen::MatrixXd fisher = kDamping * Eigen::MatrixXd::Identity(size(), size());
    MlpWorkspace workspace(network(), 1);
    Eigen::VectorXf row(network_size());
    for (int i = 0; i < kColumns; ++i) {
      for (int k = 0; k < 2; ++k) {
        const Eigen::MatrixXf unit = Eigen::MatrixXf::Identity(2, 2).col(k);
        network().Forward(observations.col(i), workspace);
        network().Backward(observations.col(i), unit, workspace, row);
        const Eigen::VectorXd j = row.cast<double>();
        const double precision = std::exp(-2.0 * double(policy.log_std[k]));
        fisher.topLeftCorner(network_size(), network_size()) +=
            precision / kColumns * j * j.transpose();
      }
    }
    fisher.bottomRightCorner(2, 2) += 2.0 * Eigen::Matrix2d::Identity();
    return fisher;
  }

  // mean KL(policy + step || policy).
  double Kl(const Eigen::VectorXd& step) const {
    Mlp moved = network();
    moved.mutable_parameters() += step.head(network_size()).cast<float>();
    const Eigen::VectorXf log_std = policy.log_std + step.tail(2).cast<float>();
    MlpWorkspace a(moved, kColumns);
    MlpWorkspace b(moved, kColumns);
    const auto means = moved.Forward(observations, a);
    const auto old = network().Forward(observations, b);
    double sum = 0.0;
    for (int i = 0; i < kColumns; ++i) {
      sum += double(GaussianKl(means.col(i), log_std, old.col(i), policy.log_std));
    }
    return sum / kColumns;
  }

  TrainedNetwork policy;
  Eigen::MatrixXf observations;
  std::vector<int> samples;
};

Eigen::VectorXd RandomVector(int size, unsigned seed) {
  RandomState random(seed);
  Eigen::VectorXd vector(size);
  for (double& value : vector) value = random.Normal();
  return vector;
}

TEST_CASE("the Fisher-vector product is that of the explicit matrix") {
  const GradientScene scene;
  FisherProduct fisher(scene.policy, 2, kDamping);
  WorkerPool pool(2);
  fisher.Prepare(scene.policy, std::span<const int>(scene.samples),
                 {scene.observations, scene.observations}, pool);
  const Eigen::MatrixXd matrix = scene.Explicit();
  for (unsigned seed = 0; seed < 5; ++seed) {
    const Eigen::VectorXd vector = RandomVector(scene.size(), seed);
    Eigen::VectorXd product(scene.size());
    REQUIRE(fisher.Apply(vector, product));
    const Eigen::VectorXd expected = matrix * vector;
    CHECK((product - expected).norm() < 1e-5 * expected.norm());
  }
}

TEST_CASE("the Fisher matrix is the curvature of the KL divergence") {
  const GradientScene scene;
  const Eigen::MatrixXd matrix =
      scene.Explicit() - kDamping * Eigen::MatrixXd::Identity(scene.size(), scene.size());
  for (unsigned seed = 0; seed < 3; ++seed) {
    const Eigen::VectorXd step = 0.01 * RandomVector(scene.size(), seed);
    CHECK(scene.Kl(step) == doctest::Approx(0.5 * step.dot(matrix * step)).epsilon(0.1));
  }
}

class Explicit : public LinearOperator {
 public:
  explicit Explicit(Eigen::MatrixXd matrix) : matrix_(std::move(matrix)) {}
  bool Apply(const Eigen::VectorXd& vector, Eigen::VectorXd& product) override {
    product = matrix_ * vector;
    return ++applied_ <= most_;
  }
  int applied() const { return applied_; }
  void set_most(int most) { most_ = most; }

 private:
  Eigen::MatrixXd matrix_;
  int applied_ = 0;
  int most_ = 1000;
};

TEST_CASE("conjugate gradients agree with LDLT") {
  for (unsigned seed = 0; seed < 4; ++seed) {
    constexpr int kSize = 30;
    const Eigen::MatrixXd half = RandomVector(kSize * kSize, seed).reshaped(kSize, kSize);
    const Eigen::MatrixXd matrix =
        half * half.transpose() / kSize + Eigen::MatrixXd::Identity(kSize, kSize);
    const Eigen::VectorXd b = RandomVector(kSize, seed + 100);
    Explicit a(matrix);
    ConjugateGradient solver(kSize);
    Eigen::VectorXd x(kSize);
    REQUIRE(solver.Solve(a, b, kSize, x));
    const Eigen::VectorXd exact = matrix.ldlt().solve(b);
    CHECK((x - exact).norm() < 1e-8 * exact.norm());

    // Few steps get closer with each, in the norm that the matrix gives.
    double last = exact.dot(matrix * exact);
    for (int iterations = 1; iterations < 6; ++iterations) {
      REQUIRE(solver.Solve(a, b, iterations, x));
      const double distance = (x - exact).dot(matrix * (x - exact));
      CHECK(distance < last);
      last = distance;
    }
  }
}

TEST_CASE("conjugate gradients stop when nothing is left, and when they are told to") {
  Explicit identity(Eigen::MatrixXd::Identity(8, 8));
  ConjugateGradient solver(8);
  Eigen::VectorXd x(8);
  REQUIRE(solver.Solve(identity, RandomVector(8, 1), 8, x));
  CHECK(identity.applied() == 1);
  REQUIRE(solver.Solve(identity, Eigen::VectorXd::Zero(8), 8, x));
  CHECK(x.norm() == 0.0);
  identity.set_most(0);
  CHECK_FALSE(solver.Solve(identity, RandomVector(8, 2), 8, x));
}

TEST_CASE("a line search takes the first step that is good enough") {
  std::vector<double> tried;
  const auto outcome = SearchLine(0.5, 10, [&](double fraction) {
    tried.push_back(fraction);
    return fraction < 0.3;
  });
  CHECK(outcome.accepted);
  CHECK(outcome.steps == 3);
  CHECK(tried == std::vector<double>{1.0, 0.5, 0.25});
  const auto none = SearchLine(0.5, 4, [](double) { return false; });
  CHECK_FALSE(none.accepted);
  CHECK(none.steps == 4);
}

}  // namespace
}  // namespace lookout::agents
