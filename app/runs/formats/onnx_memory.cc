#include "app/runs/formats/onnx_memory.h"

#include <fmt/format.h>

namespace lookout::app {
namespace {

using Eigen::Index;
using Eigen::MatrixXf;
using Eigen::VectorXf;

// W and U side by side, for an input and a state side by side. W, U: [rows x any].
template <typename Left, typename Right>
MatrixXf Beside(const Left& left, const Right& right) {
  MatrixXf both(left.rows(), left.cols() + right.cols());
  both << left, right;
  return both;
}

}  // namespace

void AddStep(const agents::StackedNetwork& network, const std::string& input, OnnxGraph& graph) {
  const int dim = network.input_dim();
  graph.Node("Concat", {"state", input}, "stack", {{"axis", 1}});
  graph.Columns("stack", dim, network.frames() * dim, "next_state");
  graph.Layers(network.mlp(), "stack", "action");
}

std::string StateText(const agents::StackedNetwork& network) {
  return fmt::format("the inputs of the {} decisions before, {} each, the oldest first",
                     network.frames() - 1, network.input_dim());
}

void AddStep(const agents::GruNetwork& network, const std::string& input, OnnxGraph& graph) {
  const Index h = network.state_dim();
  const Index in = network.input_dim();
  const float* at = network.parameters().data();
  const auto next = [&at](Index rows, Index columns) {
    const Eigen::Map<const MatrixXf> part(at, rows, columns);
    at += rows * columns;
    return part;
  };
  const auto input_weights = next(3 * h, in);
  const auto state_weights = next(3 * h, h);
  const VectorXf bias = next(3 * h, 1);
  const auto output = next(network.output_dim(), h);
  const VectorXf output_bias = next(network.output_dim(), 1);

  const int size = network.state_dim();
  graph.Node("Concat", {input, "state"}, "seen", {{"axis", 1}});
  graph.Linear("gates", "seen", Beside(input_weights.topRows(2 * h), state_weights.topRows(2 * h)),
               bias.head(2 * h));
  graph.Node("Sigmoid", {"gates"}, "opened");
  graph.Columns("opened", 0, size, "reset");
  graph.Columns("opened", size, 2 * size, "update");
  graph.Node("Mul", {"reset", "state"}, "reset_state");
  graph.Node("Concat", {input, "reset_state"}, "seen_reset", {{"axis", 1}});
  graph.Linear("candidate_sum", "seen_reset",
               Beside(input_weights.bottomRows(h), state_weights.bottomRows(h)), bias.tail(h));
  graph.Node("Tanh", {"candidate_sum"}, "candidate");
  graph.Node("Sub", {"state", "candidate"}, "more");
  graph.Node("Mul", {"update", "more"}, "kept");
  graph.Node("Add", {"candidate", "kept"}, "next_state");
  graph.Linear("action", "next_state", output, output_bias);
}

std::string StateText(const agents::GruNetwork& network) {
  return fmt::format("of {} gated recurrent units", network.state_dim());
}

}  // namespace lookout::app
