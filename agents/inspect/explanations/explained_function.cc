#include "agents/inspect/explanations/explained_function.h"

namespace lookout::agents {

Status CheckGoing(const KeepGoing& keep_going) {
  if (!keep_going || keep_going()) return {};
  return Error{"The explanation was stopped."};
}

Eigen::MatrixXd ExplainedFunction::Gradient(
    const Eigen::Ref<const Eigen::MatrixXf>& observations) const {
  Eigen::MatrixXd result(observations.rows(), observations.cols());
  Eigen::MatrixXf moved = observations;
  for (Eigen::Index k = 0; k < observations.rows(); ++k) {
    moved.row(k) = observations.row(k).array() + kStep;
    const Eigen::VectorXd above = Values(moved);
    moved.row(k) = observations.row(k).array() - kStep;
    result.row(k) = ((above - Values(moved)) / (2.0 * kStep)).transpose();
    moved.row(k) = observations.row(k);
  }
  return result;
}

Eigen::VectorXf InputGradient(const Mlp& network, int output, const Eigen::MatrixXf& input,
                              MlpWorkspace& workspace, Eigen::VectorXf& scratch) {
  network.Forward(input, workspace);
  Eigen::MatrixXf of_output = Eigen::MatrixXf::Zero(network.output_dim(), 1);
  of_output(output, 0) = 1.0F;
  network.Backward(input, of_output, workspace, scratch);
  const int inputs = network.input_dim();
  const int first = network.layer_sizes()[1];
  const Eigen::Map<const Eigen::MatrixXf> weights(network.parameters().data(), first, inputs);
  return weights.transpose() * scratch.segment(first * inputs, first);
}

}  // namespace lookout::agents
