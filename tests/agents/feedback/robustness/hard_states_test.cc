#include "agents/feedback/robustness/hard_states.h"

#include <doctest/doctest.h>

#include <vector>

namespace lookout::agents {
namespace {

TEST_CASE("hard is what every baseline is sure of and wrong about") {
  Eigen::VectorXf first(5);
  first << 0.95F, 0.95F, 0.05F, 0.02F, 0.95F;
  Eigen::VectorXf second(5);
  second << 0.99F, 0.6F, 0.01F, 0.03F, 0.97F;
  const std::vector<Eigen::VectorXf> both{first, second};
  const std::vector<std::uint8_t> unsafe{0, 0, 1, 0, 0};
  CHECK(HardStates(both, unsafe, {}) == std::vector<int>{0, 2, 4});
  CHECK(HardStates(both, unsafe, {.most_of_episode = 2}) == std::vector<int>{0, 2});
  CHECK(HardStates(both, unsafe, {.sure = 0.96F}).empty());
}

TEST_CASE("both baselines tell two heaps apart") {
  Eigen::MatrixXf inputs(2, 60);
  std::vector<std::uint8_t> unsafe;
  for (int i = 0; i < 60; ++i) {
    unsafe.push_back(i % 3 == 0 ? 1 : 0);
    inputs.col(i) << (i % 3 == 0 ? 1.0F : -1.0F), 0.01F * static_cast<float>(i);
  }
  Eigen::MatrixXf asked(2, 2);
  asked << 1.0F, -1.0F, 0.3F, 0.3F;
  const Eigen::VectorXf linear = LinearBaseline::Fit(inputs, unsafe).Probabilities(asked);
  const Eigen::VectorXf near = NeighbourBaseline(inputs, unsafe).Probabilities(asked);
  CHECK(linear[0] > 0.9F);
  CHECK(linear[1] < 0.1F);
  CHECK(near[0] == 1.0F);
  CHECK(near[1] == 0.0F);
}

}  // namespace
}  // namespace lookout::agents
