#include "agents/learning/adam.h"

#include <doctest/doctest.h>

#include <cmath>

namespace lookout::agents {
namespace {

TEST_CASE("the first step has the size of the learning rate, against the gradient's sign") {
  Adam adam(3, {.learning_rate = 0.1});
  Eigen::VectorXf x = Eigen::VectorXf::Zero(3);
  adam.Step(x, Eigen::Vector3f(4.0F, -0.01F, 0.0F));
  CHECK(x[0] == doctest::Approx(-0.1));
  CHECK(x[1] == doctest::Approx(0.1));
  CHECK(x[2] == 0.0F);
}

TEST_CASE("two steps follow the paper's recursion by hand") {
  Adam adam(1, {.learning_rate = 0.1});
  Eigen::VectorXf x = Eigen::VectorXf::Zero(1);
  Eigen::VectorXf g(1);
  adam.Step(x, g.setConstant(1.0F));
  adam.Step(x, g.setConstant(-3.0F));
  // m = 0.9 * 0.1 - 0.3, v = 0.999 * 0.001 + 0.009; corrected by 1 - 0.9^2 and 1 - 0.999^2.
  const double m = (0.9 * 0.1 - 0.3) / (1 - 0.81);
  const double v = (0.999 * 0.001 + 0.001 * 9) / (1 - 0.999 * 0.999);
  CHECK(x[0] == doctest::Approx(-0.1 - 0.1 * m / std::sqrt(v)).epsilon(1e-5));
}

TEST_CASE("a quadratic bowl is descended to its bottom") {
  Adam adam(2, {.learning_rate = 0.05});
  Eigen::VectorXf x(2);
  x << 3.0F, -2.0F;
  for (int i = 0; i < 2000; ++i) {
    const Eigen::Vector2f gradient(2.0F * (x[0] - 1.0F), 20.0F * (x[1] - 0.5F));
    adam.Step(x, gradient);
  }
  CHECK(x[0] == doctest::Approx(1.0).epsilon(1e-3));
  CHECK(x[1] == doctest::Approx(0.5).epsilon(1e-3));
}

TEST_CASE("an optimiser goes on after reading exactly as if it had never stopped") {
  Adam whole(4, {.learning_rate = 0.01});
  Eigen::VectorXf x = Eigen::VectorXf::Ones(4);
  for (int i = 0; i < 5; ++i) whole.Step(x, x.cwiseAbs2());
  ArchiveWriter writer("test", 1);
  whole.Encode(writer, "adam");
  const std::string bytes = writer.Finish();
  auto reader = ArchiveReader::Open(bytes, "test", 1, "the file");
  Adam resumed(4, {.learning_rate = 0.01});
  resumed.Decode(*reader, "adam");
  REQUIRE(reader->Finish().ok());
  Eigen::VectorXf y = x;
  for (int i = 0; i < 5; ++i) {
    whole.Step(x, x.cwiseAbs2());
    resumed.Step(y, y.cwiseAbs2());
  }
  CHECK(x == y);
}

TEST_CASE("moments of another network are refused with both sizes") {
  ArchiveWriter writer("test", 1);
  Adam(4, {}).Encode(writer, "adam");
  const std::string bytes = writer.Finish();
  auto reader = ArchiveReader::Open(bytes, "test", 1, "the file");
  Adam other(5, {});
  other.Decode(*reader, "adam");
  REQUIRE_FALSE(reader->status().ok());
  CHECK(reader->status().error().message.find("4 values, expected 5") != std::string::npos);
}

}  // namespace
}  // namespace lookout::agents
