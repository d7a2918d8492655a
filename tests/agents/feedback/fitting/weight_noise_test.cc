#include "agents/feedback/fitting/weight_noise.h"

#include <doctest/doctest.h>

#include <cmath>

namespace lookout::agents {
namespace {

TEST_CASE("weights get noise by the number of inputs, biases none") {
  const std::vector<int> sizes{100, 50, 1};
  Eigen::VectorXf parameters = Eigen::VectorXf::Zero(100 * 50 + 50 + 50 + 1);
  RandomState random(1);
  AddWeightNoise(sizes, 0.2, random, parameters);
  const auto deviation = [](const auto& of) {
    return std::sqrt(double(of.squaredNorm()) / double(of.size()));
  };
  CHECK(deviation(parameters.head(5000)) == doctest::Approx(0.02).epsilon(0.05));
  CHECK(parameters.segment(5000, 50).norm() == 0.0F);
  CHECK(deviation(parameters.segment(5050, 50)) ==
        doctest::Approx(0.2 / std::sqrt(50.0)).epsilon(0.3));
  CHECK(parameters[5100] == 0.0F);
}

}  // namespace
}  // namespace lookout::agents
