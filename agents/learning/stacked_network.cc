#include "agents/learning/stacked_network.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

#include "sim/base/check.h"

namespace lookout::agents {

StackedWorkspace::StackedWorkspace(const StackedNetwork& network, int max_columns)
    : stacks_(Eigen::MatrixXf::Zero(network.mlp().input_dim(), max_columns)),
      mlp_(network.mlp(), max_columns) {}

StackedNetwork::StackedNetwork(int frames, Mlp mlp) : frames_(frames), mlp_(std::move(mlp)) {
  LOOKOUT_CHECK(frames >= 2 && frames <= kMaxFrames && mlp_.input_dim() % frames == 0,
                "frames do not fit the perceptron that sees them");
}

std::string StackedNetwork::SizesText() const {
  std::string text = fmt::format("{} x {}", frames_, input_dim());
  const std::string whole = mlp_.SizesText();
  return text + whole.substr(std::min(whole.find('-'), whole.size()));
}

StackedNetwork::Outputs StackedNetwork::Forward(const SequenceBatch& batch,
                                                StackedWorkspace& ws) const {
  const Eigen::Index n = batch.inputs.cols();
  LOOKOUT_CHECK(batch.inputs.rows() == input_dim() && n <= ws.max_columns() &&
                    batch.initial_states.rows() == state_dim() &&
                    batch.initial_states.cols() == batch.sequences(),
                "sequences do not fit the network or its workspace");
  const Eigen::Index dim = input_dim();
  const Eigen::Index past = state_dim();
  for (int s = 0; s < batch.sequences(); ++s) {
    for (Eigen::Index i = batch.begin(s); i < batch.end(s); ++i) {
      auto stack = ws.stacks_.col(i);
      if (i == batch.begin(s)) {
        stack.head(past) = batch.initial_states.col(s);
      } else {
        stack.head(past) = ws.stacks_.col(i - 1).tail(past);
      }
      stack.tail(dim) = batch.inputs.col(i);
    }
  }
  return mlp_.Forward(ws.stacks_.leftCols(n), ws.mlp_);
}

void StackedNetwork::Backward(const SequenceBatch& batch, const Inputs& output_gradient,
                              StackedWorkspace& ws,
                              Eigen::Ref<Eigen::VectorXf> parameter_gradient) const {
  mlp_.Backward(ws.stacks_.leftCols(batch.inputs.cols()), output_gradient, ws.mlp_,
                parameter_gradient);
}

StackedNetwork::Outputs StackedNetwork::Tangent(const SequenceBatch& batch,
                                                const Eigen::Ref<const Eigen::VectorXf>& direction,
                                                StackedWorkspace& ws) const {
  return mlp_.Tangent(ws.stacks_.leftCols(batch.inputs.cols()), direction, ws.mlp_);
}

void StackedNetwork::StateAfter(const StackedWorkspace& ws, Eigen::Index column,
                                Eigen::Ref<Eigen::VectorXf> state) const {
  state = ws.stacks_.col(column).tail(state_dim());
}

void StackedNetwork::Encode(ArchiveWriter& writer, std::string_view name) const {
  const std::vector<std::int64_t> frames{frames_};
  writer.Integers(std::string(name) + ".stacked_frames", frames);
  mlp_.Encode(writer, name);
}

StackedNetwork StackedNetwork::Decode(ArchiveReader& reader, std::string_view name) {
  const std::string prefix(name);
  const auto frames = reader.Integers(prefix + ".stacked_frames", 1);
  Mlp mlp = Mlp::Decode(reader, name);
  if (!reader.ok()) return {};
  if (frames.size() != 1 || frames[0] < 2 || frames[0] > kMaxFrames ||
      mlp.input_dim() % frames[0] != 0) {
    reader.Reject(fmt::format("network '{}' has to see 2 to {} inputs of one size side by side.",
                              prefix, kMaxFrames));
    return {};
  }
  return {static_cast<int>(frames[0]), std::move(mlp)};
}

}  // namespace lookout::agents
