// One output of an agent's network (a component of its mean action, or a value) as explanations
// look at it: a number that it makes of an observation, given what it remembers. One thread.
#pragma once

#include <Eigen/Core>
#include <optional>
#include <utility>

#include "agents/inspect/explanations/explained_function.h"
#include "agents/learning/normaliser.h"
#include "agents/learning/sequence_network.h"

namespace lookout::agents {

// What a network remembers once it has seen these observations from an episode's start,
// [state_dim]. observations: [observation_dim x n], raw; n may be 0.
Eigen::VectorXf RememberedAfter(const SequenceNetwork& network,
                                const std::optional<Normaliser>& normaliser,
                                const Eigen::Ref<const Eigen::MatrixXf>& observations);

class ExplainedOutput final : public ExplainedFunction {
 public:
  // output: of the network's. remembered: [state_dim], as RememberedAfter gives it; the same
  // whatever is asked.
  ExplainedOutput(SequenceNetwork network, int output, std::optional<Normaliser> normaliser,
                  Eigen::VectorXf remembered);

  const SequenceNetwork& network() const { return network_; }
  // The same of another network of the same sizes.
  ExplainedOutput Of(SequenceNetwork network) const {
    return {std::move(network), output_, normaliser_, remembered_};
  }

  int observation_dim() const override { return network_.input_dim(); }
  Eigen::VectorXd Values(const Eigen::Ref<const Eigen::MatrixXf>& observations) const override;
  Eigen::MatrixXd Gradient(const Eigen::Ref<const Eigen::MatrixXf>& observations) const override;
  GradientMethod gradients() const override {
    return network_.mlp() != nullptr ? GradientMethod::kBackward : GradientMethod::kDifferences;
  }

 private:
  SequenceNetwork network_;
  int output_;
  std::optional<Normaliser> normaliser_;
  Eigen::VectorXf remembered_;
};

}  // namespace lookout::agents
