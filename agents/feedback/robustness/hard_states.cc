#include "agents/feedback/robustness/hard_states.h"

#include <algorithm>
#include <cmath>

#include "sim/base/check.h"

namespace lookout::agents {
namespace {

Eigen::VectorXf Sigmoid(const Eigen::VectorXf& logits) {
  return (1.0F / (1.0F + (-logits.array()).exp())).matrix();
}

}  // namespace

LinearBaseline LinearBaseline::Fit(const Eigen::MatrixXf& inputs,
                                   std::span<const std::uint8_t> unsafe) {
  constexpr int kSteps = 300;
  constexpr float kRate = 0.5F;
  constexpr float kDecay = 1e-3F;
  const auto all = static_cast<float>(unsafe.size());
  const auto ones = static_cast<float>(std::ranges::count(unsafe, std::uint8_t{1}));
  LOOKOUT_CHECK(inputs.cols() == std::ssize(unsafe) && ones > 0.0F && ones < all,
                "a linear baseline is fitted to both classes");
  Eigen::VectorXf target(inputs.cols());
  Eigen::VectorXf weight(inputs.cols());
  for (Eigen::Index i = 0; i < inputs.cols(); ++i) {
    target[i] = unsafe[static_cast<std::size_t>(i)] != 0 ? 1.0F : 0.0F;
    weight[i] = 0.5F / (target[i] > 0.5F ? ones : all - ones);
  }
  LinearBaseline model;
  model.weights_ = Eigen::VectorXf::Zero(inputs.rows());
  for (int step = 0; step < kSteps; ++step) {
    const Eigen::VectorXf slope = (model.Probabilities(inputs) - target).cwiseProduct(weight);
    model.weights_ -= kRate * (inputs * slope + kDecay * model.weights_);
    model.bias_ -= kRate * slope.sum();
  }
  return model;
}

Eigen::VectorXf LinearBaseline::Probabilities(const Eigen::MatrixXf& inputs) const {
  const Eigen::VectorXf logits = (inputs.transpose() * weights_).array() + bias_;
  return Sigmoid(logits);
}

NeighbourBaseline::NeighbourBaseline(const Eigen::MatrixXf& inputs,
                                     std::span<const std::uint8_t> unsafe) {
  LOOKOUT_CHECK(inputs.cols() == std::ssize(unsafe), "a verdict for each input");
  const Eigen::Index kept = std::min<Eigen::Index>(inputs.cols(), kMostKept);
  kept_.resize(inputs.rows(), kept);
  for (Eigen::Index i = 0; i < kept; ++i) {
    const Eigen::Index from = i * inputs.cols() / kept;
    kept_.col(i) = inputs.col(from);
    unsafe_.push_back(unsafe[static_cast<std::size_t>(from)]);
  }
}

Eigen::VectorXf NeighbourBaseline::Probabilities(const Eigen::MatrixXf& inputs) const {
  const auto k = std::min<std::ptrdiff_t>(kNeighbours, kept_.cols());
  Eigen::VectorXf probabilities = Eigen::VectorXf::Zero(inputs.cols());
  if (k == 0) return probabilities;
  std::vector<std::pair<float, std::uint8_t>> near(unsafe_.size());
  for (Eigen::Index i = 0; i < inputs.cols(); ++i) {
    const Eigen::VectorXf distances =
        (kept_.colwise() - inputs.col(i)).colwise().squaredNorm().transpose();
    for (std::size_t j = 0; j < near.size(); ++j) {
      near[j] = {distances[static_cast<Eigen::Index>(j)], unsafe_[j]};
    }
    std::nth_element(near.begin(), near.begin() + (k - 1), near.end());
    const auto ones = std::count_if(near.begin(), near.begin() + k,
                                    [](const auto& of) { return of.second != 0; });
    probabilities[i] = static_cast<float>(ones) / static_cast<float>(k);
  }
  return probabilities;
}

std::vector<int> HardStates(std::span<const Eigen::VectorXf> probabilities,
                            std::span<const std::uint8_t> unsafe, const HardStateRule& rule) {
  std::vector<int> hard;
  for (std::size_t step = 0; step < unsafe.size(); ++step) {
    const bool all_wrong = std::ranges::all_of(probabilities, [&](const Eigen::VectorXf& of) {
      const float says_unsafe = of[static_cast<Eigen::Index>(step)];
      return unsafe[step] != 0 ? 1.0F - says_unsafe > rule.sure : says_unsafe > rule.sure;
    });
    if (all_wrong) hard.push_back(static_cast<int>(step));
    if (std::ssize(hard) == rule.most_of_episode) break;
  }
  return hard;
}

}  // namespace lookout::agents
