// What explanations ask: a number that something makes of an observation, and how it changes with
// every value. One thread.
#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <functional>

#include "agents/learning/mlp.h"
#include "sim/base/result.h"

namespace lookout::agents {

// Asked again and again; returning false abandons an explanation, which then fails (kFailure).
using KeepGoing = std::function<bool()>;
Status CheckGoing(const KeepGoing& keep_going);

// How gradients are found.
enum class GradientMethod : std::uint8_t {
  kBackward,     // by the networks' own backward pass
  kDifferences,  // no networks that are known: central differences of ExplainedFunction::kStep
};

class ExplainedFunction {
 public:
  static constexpr float kStep = 1e-3F;  // of central differences, in the observation's own units

  virtual ~ExplainedFunction() = default;

  virtual int observation_dim() const = 0;
  // Whether the numbers are log-odds, which a probability can be said for as well.
  virtual bool is_log_odds() const { return false; }

  // observations: [observation_dim x n]; returns [n], NaN where it cannot tell. Allocates.
  virtual Eigen::VectorXd Values(const Eigen::Ref<const Eigen::MatrixXf>& observations) const = 0;

  // The derivative of the number by every value, [observation_dim x n]. Allocates. By default
  // central differences.
  virtual Eigen::MatrixXd Gradient(const Eigen::Ref<const Eigen::MatrixXf>& observations) const;
  virtual GradientMethod gradients() const { return GradientMethod::kDifferences; }
};

// The derivative of one output of a network by its inputs, [inputs]: the weights of its first layer
// times the derivative by that layer's biases. input: [inputs x 1]; scratch: [parameters],
// overwritten.
Eigen::VectorXf InputGradient(const Mlp& network, int output, const Eigen::MatrixXf& input,
                              MlpWorkspace& workspace, Eigen::VectorXf& scratch);

}  // namespace lookout::agents
