// States that are hard as they are (after ImageNet-A: Hendrycks et al. 2021, "Natural Adversarial
// Examples"): that every one of some simple baselines calls wrongly and is sure of. Any thread.
#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <span>
#include <vector>

namespace lookout::agents {

// Logistic regression with balanced classes: the probability of unsafe.
class LinearBaseline {
 public:
  // inputs: [dim x n], normalised; unsafe: [n], both classes among them.
  static LinearBaseline Fit(const Eigen::MatrixXf& inputs, std::span<const std::uint8_t> unsafe);
  // inputs: [dim x n]. Returns probabilities [n].
  Eigen::VectorXf Probabilities(const Eigen::MatrixXf& inputs) const;

 private:
  Eigen::VectorXf weights_;
  float bias_ = 0.0F;
};

// The share of unsafe ones among the nearest neighbours.
class NeighbourBaseline {
 public:
  static constexpr int kNeighbours = 15;
  static constexpr int kMostKept = 1500;  // of the inputs, evenly

  NeighbourBaseline(const Eigen::MatrixXf& inputs, std::span<const std::uint8_t> unsafe);
  Eigen::VectorXf Probabilities(const Eigen::MatrixXf& inputs) const;

 private:
  Eigen::MatrixXf kept_;  // [dim x kept]
  std::vector<std::uint8_t> unsafe_;
};

struct HardStateRule {
  float sure = 0.9F;         // a baseline's probability of what it says is above this
  int most_of_episode = 20;  // states, the first ones
};

// The steps of an episode. probabilities: of each baseline, [steps] each; unsafe: the truth.
std::vector<int> HardStates(std::span<const Eigen::VectorXf> probabilities,
                            std::span<const std::uint8_t> unsafe, const HardStateRule& rule);

}  // namespace lookout::agents
