#include "agents/inspect/explanations/explained_output.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <utility>

#include "sim/base/check.h"

namespace lookout::agents {

Eigen::VectorXf RememberedAfter(const SequenceNetwork& network,
                                const std::optional<Normaliser>& normaliser,
                                const Eigen::Ref<const Eigen::MatrixXf>& observations) {
  Eigen::MatrixXf state = Eigen::MatrixXf::Zero(network.state_dim(), 1);
  if (!network.has_memory()) return state;
  constexpr std::array kOneSequence{0};
  SequenceWorkspace workspace(network, 1);
  for (Eigen::Index i = 0; i < observations.cols(); ++i) {
    Eigen::MatrixXf input = observations.col(i);
    if (normaliser) normaliser->Apply(input);
    const SequenceBatch batch{.inputs = input, .starts = kOneSequence, .initial_states = state};
    network.Forward(batch, workspace);
    Eigen::VectorXf after(state.rows());
    network.StateAfter(batch, workspace, 0, after);
    state = after;
  }
  return state;
}

ExplainedOutput::ExplainedOutput(SequenceNetwork network, int output,
                                 std::optional<Normaliser> normaliser, Eigen::VectorXf remembered)
    : network_(std::move(network)),
      output_(output),
      normaliser_(std::move(normaliser)),
      remembered_(std::move(remembered)) {
  LOOKOUT_CHECK(output_ >= 0 && output_ < network_.output_dim(), "the network has such an output");
  LOOKOUT_CHECK(remembered_.size() == network_.state_dim(), "the memory is the network's");
}

Eigen::VectorXd ExplainedOutput::Values(
    const Eigen::Ref<const Eigen::MatrixXf>& observations) const {
  const Eigen::Index most = std::min<Eigen::Index>(kColumnBlock, observations.cols());
  SequenceWorkspace workspace(network_, static_cast<int>(std::max<Eigen::Index>(most, 1)));
  Eigen::VectorXd values(observations.cols());
  for (Eigen::Index begin = 0; begin < observations.cols(); begin += kColumnBlock) {
    const Eigen::Index columns = std::min<Eigen::Index>(kColumnBlock, observations.cols() - begin);
    Eigen::MatrixXf inputs = observations.middleCols(begin, columns);
    if (normaliser_) normaliser_->Apply(inputs);
    const Eigen::MatrixXf states = remembered_.replicate(1, columns);
    const SequenceBatch batch{.inputs = inputs, .starts = {}, .initial_states = states};
    values.segment(begin, columns) =
        network_.Forward(batch, workspace).row(output_).transpose().cast<double>();
  }
  for (Eigen::Index i = 0; i < values.size(); ++i) {
    if (!observations.col(i).allFinite()) values[i] = std::numeric_limits<double>::quiet_NaN();
  }
  return values;
}

Eigen::MatrixXd ExplainedOutput::Gradient(
    const Eigen::Ref<const Eigen::MatrixXf>& observations) const {
  const Mlp* const network = network_.mlp();
  if (network == nullptr) return ExplainedFunction::Gradient(observations);
  MlpWorkspace workspace(*network, 1);
  Eigen::VectorXf scratch(network->parameter_count());
  Eigen::MatrixXd result(observations.rows(), observations.cols());
  for (Eigen::Index i = 0; i < observations.cols(); ++i) {
    Eigen::MatrixXf input = observations.col(i);
    if (normaliser_) normaliser_->Apply(input);
    Eigen::VectorXf gradient = InputGradient(*network, output_, input, workspace, scratch);
    if (normaliser_ && normaliser_->count() > 0) {
      const auto moves = (input.col(0).array().abs() < Normaliser::kClip).cast<float>();
      gradient.array() *= normaliser_->scale().array() * moves;
    }
    result.col(i) = gradient.cast<double>();
  }
  return result;
}

}  // namespace lookout::agents
