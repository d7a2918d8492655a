#include "agents/learning/mlp.h"

#include <doctest/doctest.h>

#include <cmath>

#include "tests/agents/learning/random_matrix.h"

namespace lookout::agents {
namespace {

// The loss whose gradient with respect to the outputs is `weights`.
double Loss(const Mlp& mlp, const Eigen::MatrixXf& inputs, const Eigen::MatrixXf& weights) {
  MlpWorkspace workspace(mlp, static_cast<int>(inputs.cols()));
  const Eigen::MatrixXf outputs = mlp.Forward(inputs, workspace);
  return outputs.cast<double>().cwiseProduct(weights.cast<double>()).sum();
}

// Central differences of every parameter against Backward, for networks of every depth.
void CheckGradient(const std::vector<int>& sizes) {
  RandomState random(7);
  Mlp mlp(sizes);
  mlp.InitialiseGlorot(random);
  for (float& value : mlp.mutable_parameters()) value += 0.05F * float(random.Normal());
  const Eigen::MatrixXf inputs = RandomMatrix(sizes.front(), 9, random);
  const Eigen::MatrixXf weights = RandomMatrix(sizes.back(), 9, random);

  MlpWorkspace workspace(mlp, 16);
  (void)mlp.Forward(inputs, workspace);
  Eigen::VectorXf gradient(mlp.parameter_count());
  gradient.setConstant(99.0F);
  mlp.Backward(inputs, weights, workspace, gradient);

  for (int i = 0; i < mlp.parameter_count(); ++i) {
    const float kept = mlp.parameters()[i];
    const float step = 4e-3F;
    mlp.mutable_parameters()[i] = kept + step;
    const double above = Loss(mlp, inputs, weights);
    mlp.mutable_parameters()[i] = kept - step;
    const double below = Loss(mlp, inputs, weights);
    mlp.mutable_parameters()[i] = kept;
    const double expected = (above - below) / (2.0 * double(step));
    CAPTURE(i);
    CHECK(double(gradient[i]) == doctest::Approx(expected).epsilon(2e-3).scale(1.0));
  }
}

TEST_CASE("back-propagation agrees with finite differences") {
  SUBCASE("a linear layer") { CheckGradient({5, 3}); }
  SUBCASE("one tanh layer") { CheckGradient({4, 6, 2}); }
  SUBCASE("two tanh layers") { CheckGradient({4, 6, 5, 2}); }
  SUBCASE("wider than a vector register") { CheckGradient({3, 33, 17, 1}); }
}

TEST_CASE("a forward pass computes W2 tanh(W1 x + b1) + b2") {
  Mlp mlp({2, 1, 1});
  mlp.mutable_parameters() << 0.5F, -1.0F, 0.25F, 2.0F, -3.0F;
  MlpWorkspace workspace(mlp, 1);
  const Eigen::Vector2f x(1.0F, 2.0F);
  CHECK(mlp.Forward(x, workspace)(0, 0) ==
        doctest::Approx(2.0 * std::tanh(0.5 - 2.0 + 0.25) - 3.0));
}

TEST_CASE("columns do not see each other") {
  RandomState random(3);
  Mlp mlp({4, 8, 2});
  mlp.InitialiseGlorot(random);
  const Eigen::MatrixXf inputs = RandomMatrix(4, 7, random);
  MlpWorkspace workspace(mlp, 7);
  const Eigen::MatrixXf together = mlp.Forward(inputs, workspace);
  for (int i = 0; i < 7; ++i) {
    const Eigen::MatrixXf alone = mlp.Forward(inputs.col(i), workspace);
    CHECK((together.col(i) - alone).norm() < 1e-5F);
  }
}

TEST_CASE("Glorot's weights fill their range and biases start at zero") {
  RandomState random(1);
  Mlp mlp({60, 256, 2});
  mlp.InitialiseGlorot(random);
  const float bound = std::sqrt(6.0F / (60 + 256));
  const auto weights = mlp.parameters().head(60 * 256);
  CHECK(weights.maxCoeff() <= bound);
  CHECK(weights.maxCoeff() > 0.99F * bound);
  CHECK(weights.minCoeff() < -0.99F * bound);
  CHECK(std::abs(weights.mean()) < 0.01F * bound);
  CHECK(mlp.parameters().segment(60 * 256, 256).isZero());
}

TEST_CASE("tangents agree with finite differences along a direction") {
  for (const std::vector<int>& sizes :
       {std::vector<int>{5, 3}, {4, 6, 2}, {4, 6, 5, 2}, {3, 33, 17, 1}}) {
    RandomState random(8);
    Mlp mlp(sizes);
    mlp.InitialiseGlorot(random);
    const Eigen::MatrixXf inputs = RandomMatrix(sizes.front(), 9, random);
    Eigen::VectorXf direction(mlp.parameter_count());
    for (float& value : direction) value = 0.3F * float(random.Normal());
    MlpWorkspace workspace(mlp, 9);
    mlp.Forward(inputs, workspace);
    const Eigen::MatrixXf tangents = mlp.Tangent(inputs, direction, workspace);
    constexpr float kStep = 2e-3F;
    Mlp moved = mlp;
    moved.mutable_parameters() = mlp.parameters() + kStep * direction;
    const Eigen::MatrixXf above = moved.Forward(inputs, workspace);
    moved.mutable_parameters() = mlp.parameters() - kStep * direction;
    const Eigen::MatrixXf below = moved.Forward(inputs, workspace);
    const Eigen::MatrixXf expected = (above - below) / (2.0F * kStep);
    CHECK((tangents - expected).norm() < 3e-3F * (1.0F + expected.norm()));
  }
}

TEST_CASE("an orthogonal start has orthogonal weights of the gain asked for") {
  RandomState random(2);
  Mlp mlp({20, 32, 16, 3});
  mlp.InitialiseOrthogonal(random, 0.01);
  const Eigen::Map<const Eigen::MatrixXf> tall(mlp.parameters().data(), 32, 20);
  CHECK((tall.transpose() * tall - 2.0F * Eigen::MatrixXf::Identity(20, 20)).norm() < 1e-4F);
  const Eigen::Map<const Eigen::MatrixXf> wide(mlp.parameters().data() + 21 * 32, 16, 32);
  CHECK((wide * wide.transpose() - 2.0F * Eigen::MatrixXf::Identity(16, 16)).norm() < 1e-4F);
  const Eigen::Map<const Eigen::MatrixXf> last(mlp.parameters().data() + 21 * 32 + 33 * 16, 3, 16);
  CHECK((last * last.transpose() - 1e-4F * Eigen::MatrixXf::Identity(3, 3)).norm() < 1e-7F);
  CHECK(mlp.parameters().segment(20 * 32, 32).isZero());
}

TEST_CASE("a network survives being written and read") {
  RandomState random(5);
  Mlp mlp({4, 8, 2});
  mlp.InitialiseGlorot(random);
  ArchiveWriter writer("test", 1);
  mlp.Encode(writer, "pi");
  const std::string bytes = writer.Finish();
  auto reader = ArchiveReader::Open(bytes, "test", 1, "the file");
  REQUIRE(reader.ok());
  const Mlp copy = Mlp::Decode(*reader, "pi");
  REQUIRE(reader->Finish().ok());
  CHECK(copy.layer_sizes() == mlp.layer_sizes());
  CHECK(copy.parameters() == mlp.parameters());
}

TEST_CASE("a network with impossible sizes or a NaN is refused") {
  ArchiveWriter writer("test", 1);
  SUBCASE("zero width") {
    writer.Integers("pi.sizes", std::vector<std::int64_t>{4, 0, 2});
    writer.Floats("pi.parameters", {});
  }
  SUBCASE("huge width backed by nothing") {
    writer.Integers("pi.sizes", std::vector<std::int64_t>{4096, 4096, 4096});
    writer.Floats("pi.parameters", std::vector<float>{1.0F});
  }
  SUBCASE("NaN") {
    writer.Integers("pi.sizes", std::vector<std::int64_t>{1, 1});
    writer.Floats("pi.parameters", std::vector<float>{1.0F, std::nanf("")});
  }
  const std::string bytes = writer.Finish();
  auto reader = ArchiveReader::Open(bytes, "test", 1, "the file");
  REQUIRE(reader.ok());
  const Mlp mlp = Mlp::Decode(*reader, "pi");
  CHECK(mlp.parameter_count() == 0);
  CHECK_FALSE(reader->status().ok());
}

}  // namespace
}  // namespace lookout::agents
