#include "agents/learning/gru_network.h"

#include <fmt/format.h>

#include <cmath>
#include <cstdint>
#include <type_traits>

#include "agents/learning/mlp.h"
#include "sim/base/check.h"

namespace lookout::agents {
namespace {

// The matrices that a vector of parameters, or of their derivatives, is made of.
template <typename Float>
struct Parts {
  template <typename Plain>
  using MapOf = Eigen::Map<std::conditional_t<std::is_const_v<Float>, const Plain, Plain>>;

  Parts(Float* data, const GruNetwork& net)
      : input(data, Eigen::Index{3} * net.state_dim(), net.input_dim()),
        recurrent(data + input.size(), input.rows(), net.state_dim()),
        bias(data + input.size() + recurrent.size(), input.rows()),
        output(data + input.size() + recurrent.size() + bias.size(), net.output_dim(),
               net.state_dim()),
        output_bias(data + net.parameter_count() - net.output_dim(), net.output_dim()) {}

  MapOf<Eigen::MatrixXf> input;
  MapOf<Eigen::MatrixXf> recurrent;
  MapOf<Eigen::VectorXf> bias;
  MapOf<Eigen::MatrixXf> output;
  MapOf<Eigen::VectorXf> output_bias;
};

template <typename Gates>
void ApplySigmoid(Gates&& gates) {
  gates = (1.0F + (-gates.array()).exp()).inverse().matrix();
}

void InitialiseUniform(RandomState& random, double bound, float* begin, Eigen::Index count) {
  for (float* weight = begin; weight != begin + count; ++weight) {
    *weight = static_cast<float>(random.Uniform(-bound, bound));
  }
}

}  // namespace

GruWorkspace::GruWorkspace(const GruNetwork& network, int max_columns)
    : gates_(Eigen::Index{3} * network.state_dim(), max_columns),
      previous_(network.state_dim(), max_columns),
      reset_states_(previous_),
      states_(previous_),
      outputs_(network.output_dim(), max_columns),
      gate_deltas_(gates_),
      state_deltas_(previous_),
      tangents_(outputs_),
      initial_grads_(previous_),
      carried_(network.state_dim()),
      reset_delta_(network.state_dim()) {}

GruNetwork::GruNetwork(int input_dim, int state_dim, int output_dim)
    : input_dim_(input_dim), state_dim_(state_dim), output_dim_(output_dim) {
  LOOKOUT_CHECK(input_dim >= 1 && state_dim >= 1 && output_dim >= 1,
                "a network needs inputs, a state and outputs");
  parameters_.setZero(Eigen::Index{3} * state_dim * (input_dim + state_dim + 1) +
                      Eigen::Index{output_dim} * (state_dim + 1));
}

void GruNetwork::Initialise(RandomState& random, double output_gain) {
  parameters_.setZero();
  Parts<float> part(parameters_.data(), *this);
  const auto bound = [](int in, int out) { return std::sqrt(6.0 / (in + out)); };
  InitialiseUniform(random, bound(input_dim_, state_dim_), part.input.data(), part.input.size());
  InitialiseUniform(random, bound(state_dim_, state_dim_), part.recurrent.data(),
                    part.recurrent.size());
  InitialiseUniform(random, output_gain * bound(state_dim_, output_dim_), part.output.data(),
                    part.output.size());
  part.bias.segment(state_dim_, state_dim_).setOnes();
}

std::string GruNetwork::SizesText() const {
  return fmt::format("{}-GRU {}-{}", input_dim_, state_dim_, output_dim_);
}

GruNetwork::Outputs GruNetwork::Forward(const SequenceBatch& batch, GruWorkspace& ws) const {
  const Eigen::Index n = batch.inputs.cols();
  LOOKOUT_CHECK(batch.inputs.rows() == input_dim_ && n <= ws.max_columns() &&
                    batch.initial_states.rows() == state_dim_ &&
                    batch.initial_states.cols() == batch.sequences(),
                "sequences do not fit the network or its workspace");
  const Parts<const float> part(parameters_.data(), *this);
  const Eigen::Index h = state_dim_;
  ws.gates_.leftCols(n).noalias() = part.input * batch.inputs;
  for (int s = 0; s < batch.sequences(); ++s) {
    for (Eigen::Index i = batch.begin(s); i < batch.end(s); ++i) {
      auto before = ws.previous_.col(i);
      if (i == batch.begin(s)) {
        before = batch.initial_states.col(s);
      } else {
        before = ws.states_.col(i - 1);
      }
      auto gates = ws.gates_.col(i);
      gates += part.bias;
      gates.head(2 * h).noalias() += part.recurrent.topRows(2 * h) * before;
      ApplySigmoid(gates.head(2 * h));
      ws.reset_states_.col(i) = gates.head(h).cwiseProduct(before);
      gates.tail(h).noalias() += part.recurrent.bottomRows(h) * ws.reset_states_.col(i);
      gates.tail(h) = gates.tail(h).array().tanh().matrix();
      ws.states_.col(i) = gates.tail(h) + gates.segment(h, h).cwiseProduct(before - gates.tail(h));
    }
  }
  ws.outputs_.leftCols(n).noalias() = part.output * ws.states_.leftCols(n);
  for (Eigen::Index i = 0; i < n; ++i) ws.outputs_.col(i) += part.output_bias;
  return std::as_const(ws.outputs_).leftCols(n);
}

GruNetwork::Outputs GruNetwork::States(const GruWorkspace& workspace, Eigen::Index columns) {
  return workspace.states_.leftCols(columns);
}

void GruNetwork::StepBack(Eigen::Index i, const Inputs& recurrent, GruWorkspace& ws) {
  const Eigen::Index h = ws.states_.rows();
  const auto before = ws.previous_.col(i).array();
  const auto reset = ws.gates_.col(i).head(h).array();
  const auto update = ws.gates_.col(i).segment(h, h).array();
  const auto candidate = ws.gates_.col(i).tail(h).array();
  auto deltas = ws.gate_deltas_.col(i);
  ws.carried_ += ws.state_deltas_.col(i);  // dLoss/dh'

  deltas.segment(h, h) =
      (ws.carried_.array() * (before - candidate) * update * (1.0F - update)).matrix();
  deltas.tail(h) = (ws.carried_.array() * (1.0F - update) * (1.0F - candidate.square())).matrix();
  ws.reset_delta_.noalias() = recurrent.bottomRows(h).transpose() * deltas.tail(h);
  deltas.head(h) = (ws.reset_delta_.array() * before * reset * (1.0F - reset)).matrix();

  ws.carried_ = (ws.carried_.array() * update + ws.reset_delta_.array() * reset).matrix();
  ws.carried_.noalias() += recurrent.topRows(2 * h).transpose() * deltas.head(2 * h);
}

void GruNetwork::Backward(const SequenceBatch& batch, const Inputs& output_gradient,
                          GruWorkspace& ws, Eigen::Ref<Eigen::VectorXf> parameter_gradient) const {
  const Eigen::Index n = batch.inputs.cols();
  LOOKOUT_CHECK(output_gradient.cols() == n && output_gradient.rows() == output_dim_ &&
                    parameter_gradient.size() == parameter_count(),
                "gradients do not fit the network");
  const Parts<const float> part(parameters_.data(), *this);
  Parts<float> gradient(parameter_gradient.data(), *this);
  gradient.output.noalias() = output_gradient * ws.states_.leftCols(n).transpose();
  gradient.output_bias = output_gradient.rowwise().sum();
  ws.state_deltas_.leftCols(n).noalias() = part.output.transpose() * output_gradient;
  for (int s = 0; s < batch.sequences(); ++s) {
    ws.carried_.setZero();
    for (Eigen::Index i = batch.end(s) - 1; i >= batch.begin(s); --i) {
      StepBack(i, part.recurrent, ws);
    }
    ws.initial_grads_.col(s) = ws.carried_;
  }
  const Eigen::Index h = state_dim_;
  const auto deltas = ws.gate_deltas_.leftCols(n);
  gradient.input.noalias() = deltas * batch.inputs.transpose();
  gradient.bias = deltas.rowwise().sum();
  gradient.recurrent.topRows(2 * h).noalias() =
      deltas.topRows(2 * h) * ws.previous_.leftCols(n).transpose();
  gradient.recurrent.bottomRows(h).noalias() =
      deltas.bottomRows(h) * ws.reset_states_.leftCols(n).transpose();
}

GruNetwork::Outputs GruNetwork::InitialStateGradients(const GruWorkspace& workspace,
                                                      Eigen::Index sequences) {
  return workspace.initial_grads_.leftCols(sequences);
}

void GruNetwork::StepTangent(Eigen::Index i, const Inputs& recurrent,
                             const Inputs& recurrent_change, GruWorkspace& ws) {
  const Eigen::Index h = ws.states_.rows();
  const auto before = ws.previous_.col(i);
  const auto reset = ws.gates_.col(i).head(h).array();
  const auto update = ws.gates_.col(i).segment(h, h).array();
  const auto candidate = ws.gates_.col(i).tail(h).array();
  auto change = ws.gate_deltas_.col(i);  // so far through the inputs and the biases

  change.head(2 * h).noalias() += recurrent_change.topRows(2 * h) * before;
  change.head(2 * h).noalias() += recurrent.topRows(2 * h) * ws.carried_;
  change.head(h).array() *= reset * (1.0F - reset);
  change.segment(h, h).array() *= update * (1.0F - update);
  ws.reset_delta_ =
      (change.head(h).array() * before.array() + reset * ws.carried_.array()).matrix();
  change.tail(h).noalias() += recurrent_change.bottomRows(h) * ws.reset_states_.col(i);
  change.tail(h).noalias() += recurrent.bottomRows(h) * ws.reset_delta_;
  change.tail(h).array() *= 1.0F - candidate.square();

  ws.carried_ = (change.segment(h, h).array() * (before.array() - candidate) +
                 update * ws.carried_.array() + (1.0F - update) * change.tail(h).array())
                    .matrix();
  ws.state_deltas_.col(i) = ws.carried_;
}

GruNetwork::Outputs GruNetwork::Tangent(const SequenceBatch& batch,
                                        const Eigen::Ref<const Eigen::VectorXf>& direction,
                                        GruWorkspace& ws) const {
  const Eigen::Index n = batch.inputs.cols();
  LOOKOUT_CHECK(direction.size() == parameter_count(), "the direction does not fit the network");
  const Parts<const float> part(parameters_.data(), *this);
  const Parts<const float> change(direction.data(), *this);
  ws.gate_deltas_.leftCols(n).noalias() = change.input * batch.inputs;
  for (int s = 0; s < batch.sequences(); ++s) {
    ws.carried_.setZero();
    for (Eigen::Index i = batch.begin(s); i < batch.end(s); ++i) {
      ws.gate_deltas_.col(i) += change.bias;
      StepTangent(i, part.recurrent, change.recurrent, ws);
    }
  }
  auto tangents = ws.tangents_.leftCols(n);
  tangents.noalias() = change.output * ws.states_.leftCols(n);
  tangents.noalias() += part.output * ws.state_deltas_.leftCols(n);
  for (Eigen::Index i = 0; i < n; ++i) tangents.col(i) += change.output_bias;
  return std::as_const(ws.tangents_).leftCols(n);
}

void GruNetwork::Encode(ArchiveWriter& writer, std::string_view name) const {
  const std::string prefix(name);
  const std::vector<std::int64_t> sizes{input_dim_, state_dim_, output_dim_};
  writer.Integers(prefix + ".gru_sizes", sizes);
  writer.Floats(prefix + ".parameters", {parameters_.data(), std::size_t(parameter_count())});
}

GruNetwork GruNetwork::Decode(ArchiveReader& reader, std::string_view name) {
  const std::string prefix(name);
  const auto sizes = reader.Integers(prefix + ".gru_sizes", 3);
  if (!reader.ok()) return {};
  bool fit = sizes.size() == 3;
  for (const std::int64_t size : sizes) fit = fit && size >= 1 && size <= Mlp::kMaxWidth;
  if (!fit) {
    reader.Reject(
        fmt::format("network '{}' needs 3 sizes of 1 to {} each.", prefix, Mlp::kMaxWidth));
    return {};
  }
  // Read first: the file must really hold that many values before a network is made for them.
  const std::int64_t count = 3 * sizes[1] * (sizes[0] + sizes[1] + 1) + sizes[2] * (sizes[1] + 1);
  Eigen::VectorXf parameters = reader.Floats(prefix + ".parameters", count);
  if (!reader.ok()) return {};
  GruNetwork network(static_cast<int>(sizes[0]), static_cast<int>(sizes[1]),
                     static_cast<int>(sizes[2]));
  network.parameters_ = std::move(parameters);
  return network;
}

}  // namespace lookout::agents
