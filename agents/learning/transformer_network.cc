#include "agents/learning/transformer_network.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>

#include "agents/learning/mlp.h"
#include "sim/base/check.h"

namespace lookout::agents {
namespace {

// The matrices at either end.
template <typename Float>
struct Ends {
  using Matrix = typename ParameterCursor<Float>::Matrix;
  using Vector = typename ParameterCursor<Float>::Vector;
  Ends(Float* data, Eigen::Index count, const TransformerSizes& sizes)
      : input(data, sizes.width, sizes.input_dim),
        input_bias(data + input.size(), sizes.width),
        output(data + count - Eigen::Index{sizes.output_dim} * (sizes.width + 1), sizes.output_dim,
               sizes.width),
        output_bias(data + count - sizes.output_dim, sizes.output_dim) {}
  Matrix input;
  Vector input_bias;
  Matrix output;
  Vector output_bias;
};

void FillUniform(RandomState& random, double bound, ParameterCursor<float>::Matrix matrix) {
  for (float& weight : matrix.reshaped()) {
    weight = static_cast<float>(random.Uniform(-bound, bound));
  }
}

}  // namespace

std::string TransformerSizes::Problem() const {
  if (std::min({input_dim, output_dim, layers, heads, memory}) < 1 || width < 2 ||
      std::max(input_dim, output_dim) > Mlp::kMaxWidth || layers > TransformerNetwork::kMaxLayers ||
      width > TransformerNetwork::kMaxWidth || memory > TransformerNetwork::kMaxMemory) {
    return fmt::format("it needs 1 to {} layers, a width of 2 to {} and a memory of 1 to {} steps",
                       TransformerNetwork::kMaxLayers, TransformerNetwork::kMaxWidth,
                       TransformerNetwork::kMaxMemory);
  }
  if (width % 2 != 0) return fmt::format("its width ({}) has to be even", width);
  if (width % heads == 0) return {};
  return fmt::format("its width ({}) has to be a multiple of its heads ({})", width, heads);
}

TransformerWorkspace::TransformerWorkspace(const TransformerNetwork& network, int max_columns)
    : embedded_(Eigen::MatrixXf::Zero(network.sizes().width, max_columns)),
      layers_(network.sizes().layers, LayerWorkspace(network.sizes().layer(), max_columns)),
      scratch_(network.sizes().layer(), max_columns),
      changes_(embedded_),
      outputs_(Eigen::MatrixXf::Zero(network.output_dim(), max_columns)),
      tangents_(outputs_) {
  chunks_.reserve(max_columns);
}

double TransformerWorkspace::ColumnFloats(const TransformerSizes& sizes) {
  // The matrices of a layer's and of the shared workspace, those of gates counted whole.
  const double attention = double(sizes.heads) * (sizes.memory + 1);
  return sizes.layers * (20.0 * sizes.width + attention) +
         (12.0 + 2.0 * sizes.heads) * sizes.width + attention;
}

double TransformerNetwork::ParameterCount(const TransformerSizes& sizes) {
  return double(sizes.width) * (sizes.input_dim + 1) +
         double(sizes.layers) * LayerParts<const float>::Count(sizes.layer()) +
         double(sizes.output_dim) * (sizes.width + 1);
}

TransformerNetwork::TransformerNetwork(const TransformerSizes& sizes)
    : sizes_(sizes), layer_(sizes.layer()) {
  LOOKOUT_CHECK(sizes.Problem().empty(), "a transformer of sizes that have a problem");
  parameters_.setZero(static_cast<Eigen::Index>(ParameterCount(sizes)));
}

Eigen::Index TransformerNetwork::layer_offset(int layer) const {
  return Eigen::Index{sizes_.width} * (sizes_.input_dim + 1) +
         Eigen::Index{layer} * LayerParts<const float>::Count(sizes_.layer());
}

void TransformerNetwork::Initialise(RandomState& random, double output_gain, double gate_bias) {
  parameters_.setZero();
  Ends<float> ends(parameters_.data(), parameters_.size(), sizes_);
  FillUniform(random, std::sqrt(6.0 / (sizes_.width + sizes_.input_dim)), ends.input);
  for (int k = 0; k < sizes_.layers; ++k) {
    LayerParts<float> parts(parameters_.data() + layer_offset(k), sizes_.layer());
    TransformerLayer::Initialise(random, gate_bias, parts);
  }
  FillUniform(random, output_gain * std::sqrt(6.0 / (sizes_.width + sizes_.output_dim)),
              ends.output);
}

std::string TransformerNetwork::SizesText() const {
  return fmt::format("{}-{} ({} x {}, {} heads, memory {})-{}", sizes_.input_dim,
                     sizes_.gated ? "GTrXL" : "TrXL", sizes_.layers, sizes_.width, sizes_.heads,
                     sizes_.memory, sizes_.output_dim);
}

void TransformerNetwork::CutIntoChunks(const SequenceBatch& batch, TransformerWorkspace& ws) const {
  ws.chunks_.clear();
  for (int s = 0; s < batch.sequences(); ++s) {
    const int known = static_cast<int>(batch.initial_states(state_dim() - 1, s));
    for (int begin = batch.begin(s); begin < batch.end(s); begin += kAttentionChunk) {
      const int earlier = std::min(begin - batch.begin(s), sizes_.memory);
      ws.chunks_.push_back({.column = begin,
                            .size = std::min(kAttentionChunk, batch.end(s) - begin),
                            .sequence = s,
                            .earlier = earlier,
                            .remembered = std::clamp(known, 0, sizes_.memory - earlier)});
    }
  }
}

const Eigen::MatrixXf& TransformerNetwork::InputOf(int layer,
                                                   const TransformerWorkspace& ws) const {
  return layer == 0 ? ws.embedded_ : ws.layers_[layer - 1].output;
}

AttentionMemory TransformerNetwork::MemoryOf(int layer, const SequenceBatch& batch) const {
  return {batch.initial_states, Eigen::Index{layer} * layer_state()};
}

TransformerNetwork::Outputs TransformerNetwork::Forward(const SequenceBatch& batch,
                                                        TransformerWorkspace& ws) const {
  const Eigen::Index n = batch.inputs.cols();
  LOOKOUT_CHECK(batch.inputs.rows() == input_dim() && n <= ws.max_columns() &&
                    batch.initial_states.rows() == state_dim() &&
                    batch.initial_states.cols() == batch.sequences(),
                "sequences do not fit the network or its workspace");
  CutIntoChunks(batch, ws);
  const Ends<const float> ends(parameters_.data(), parameters_.size(), sizes_);
  auto embedded = ws.embedded_.leftCols(n);
  embedded.noalias() = ends.input * batch.inputs;
  for (Eigen::Index i = 0; i < n; ++i) {
    embedded.col(i) = (embedded.col(i) + ends.input_bias).array().tanh();
  }
  for (int k = 0; k < sizes_.layers; ++k) {
    const LayerParts<const float> parts(parameters_.data() + layer_offset(k), sizes_.layer());
    layer_.Forward(parts, InputOf(k, ws).leftCols(n), MemoryOf(k, batch), ws.chunks_, ws.layers_[k],
                   ws.scratch_);
  }
  ws.outputs_.leftCols(n).noalias() = ends.output * ws.layers_.back().output.leftCols(n);
  for (Eigen::Index i = 0; i < n; ++i) ws.outputs_.col(i) += ends.output_bias;
  return std::as_const(ws.outputs_).leftCols(n);
}

void TransformerNetwork::StateAfter(const SequenceBatch& batch, const TransformerWorkspace& ws,
                                    Eigen::Index column, Eigen::Ref<Eigen::VectorXf> state) const {
  LOOKOUT_CHECK(state.size() == state_dim(), "the state does not fit the network");
  const int s = batch.SequenceOf(static_cast<int>(column));
  const Eigen::Index steps = sizes_.memory;
  const Eigen::Index fresh = std::min<Eigen::Index>(column - batch.begin(s) + 1, steps);
  const auto before = batch.initial_states.col(s);
  for (int k = 0; k < sizes_.layers; ++k) {
    const Eigen::Index offset = Eigen::Index{k} * layer_state();
    const Eigen::Map<const Eigen::MatrixXf> old(before.data() + offset, sizes_.width, steps);
    Eigen::Map<Eigen::MatrixXf> kept(state.data() + offset, sizes_.width, steps);
    kept.leftCols(steps - fresh) = old.rightCols(steps - fresh);
    kept.rightCols(fresh) = ws.layers_[k].first_norm.standard.middleCols(column - fresh + 1, fresh);
  }
  state[state_dim() - 1] =
      std::min(before[state_dim() - 1] + static_cast<float>(fresh), static_cast<float>(steps));
}

Eigen::MatrixXf TransformerNetwork::AttentionOf(const TransformerWorkspace& ws, int layer,
                                                Eigen::Index column) const {
  const auto weights = ws.layers_[layer].attention.weights.col(column);
  return weights.reshaped(sizes_.memory + 1, sizes_.heads).transpose();
}

void TransformerNetwork::Backward(const SequenceBatch& batch, const Inputs& output_gradient,
                                  TransformerWorkspace& ws,
                                  Eigen::Ref<Eigen::VectorXf> parameter_gradient) const {
  const Eigen::Index n = batch.inputs.cols();
  LOOKOUT_CHECK(output_gradient.cols() == n && output_gradient.rows() == output_dim() &&
                    parameter_gradient.size() == parameter_count(),
                "gradients do not fit the network");
  const Ends<const float> ends(parameters_.data(), parameters_.size(), sizes_);
  Ends<float> gradient(parameter_gradient.data(), parameter_gradient.size(), sizes_);
  gradient.output.noalias() = output_gradient * ws.layers_.back().output.leftCols(n).transpose();
  gradient.output_bias = output_gradient.rowwise().sum();
  auto deltas = ws.changes_.leftCols(n);
  deltas.noalias() = ends.output.transpose() * output_gradient;
  for (int k = sizes_.layers - 1; k >= 0; --k) {
    const LayerParts<const float> parts(parameters_.data() + layer_offset(k), sizes_.layer());
    LayerParts<float> part_gradient(parameter_gradient.data() + layer_offset(k), sizes_.layer());
    layer_.Backward(parts, InputOf(k, ws).leftCols(n), MemoryOf(k, batch), ws.chunks_,
                    ws.layers_[k], ws.scratch_, deltas, part_gradient);
  }
  gradient.input_bias.setZero();
  for (Eigen::Index i = 0; i < n; ++i) {
    deltas.col(i).array() *= 1.0F - ws.embedded_.col(i).array().square();
    gradient.input_bias += deltas.col(i);
  }
  gradient.input.noalias() = deltas * batch.inputs.transpose();
}

TransformerNetwork::Outputs TransformerNetwork::Tangent(
    const SequenceBatch& batch, const Eigen::Ref<const Eigen::VectorXf>& direction,
    TransformerWorkspace& ws) const {
  const Eigen::Index n = batch.inputs.cols();
  LOOKOUT_CHECK(direction.size() == parameter_count(), "the direction does not fit the network");
  const Ends<const float> ends(parameters_.data(), parameters_.size(), sizes_);
  const Ends<const float> change(direction.data(), direction.size(), sizes_);
  auto tangents = ws.changes_.leftCols(n);
  tangents.noalias() = change.input * batch.inputs;
  for (Eigen::Index i = 0; i < n; ++i) {
    tangents.col(i) = ((tangents.col(i) + change.input_bias).array() *
                       (1.0F - ws.embedded_.col(i).array().square()))
                          .matrix();
  }
  for (int k = 0; k < sizes_.layers; ++k) {
    const LayerParts<const float> parts(parameters_.data() + layer_offset(k), sizes_.layer());
    const LayerParts<const float> changes(direction.data() + layer_offset(k), sizes_.layer());
    layer_.Tangent(parts, changes, InputOf(k, ws).leftCols(n), MemoryOf(k, batch), ws.chunks_,
                   ws.layers_[k], ws.scratch_, tangents);
  }
  auto result = ws.tangents_.leftCols(n);
  result.noalias() = change.output * ws.layers_.back().output.leftCols(n);
  result.noalias() += ends.output * tangents;
  for (Eigen::Index i = 0; i < n; ++i) result.col(i) += change.output_bias;
  return std::as_const(ws.tangents_).leftCols(n);
}

void TransformerNetwork::Encode(ArchiveWriter& writer, std::string_view name) const {
  const std::string prefix(name);
  const std::vector<std::int64_t> sizes{sizes_.input_dim,    sizes_.output_dim, sizes_.layers,
                                        sizes_.width,        sizes_.heads,      sizes_.memory,
                                        sizes_.gated ? 1 : 0};
  writer.Integers(prefix + ".transformer_sizes", sizes);
  writer.Floats(prefix + ".parameters", {parameters_.data(), std::size_t(parameter_count())});
}

TransformerNetwork TransformerNetwork::Decode(ArchiveReader& reader, std::string_view name) {
  const std::string prefix(name);
  constexpr std::size_t kSizes = 7;
  const auto found = reader.Integers(prefix + ".transformer_sizes", kSizes);
  if (!reader.ok()) return {};
  std::array<int, kSizes> values{};
  for (std::size_t i = 0; i < std::min(kSizes, found.size()); ++i) {
    values[i] = static_cast<int>(std::clamp<std::int64_t>(found[i], 0, Mlp::kMaxWidth + 1));
  }
  const TransformerSizes sizes{.input_dim = values[0],
                               .output_dim = values[1],
                               .layers = values[2],
                               .width = values[3],
                               .heads = values[4],
                               .memory = values[5],
                               .gated = values[6] == 1};
  const std::string problem = found.size() != kSizes || values[6] > 1
                                  ? fmt::format("it needs {} sizes", kSizes)
                                  : sizes.Problem();
  if (!problem.empty()) {
    reader.Reject(fmt::format("network '{}' is no transformer: {}.", prefix, problem));
    return {};
  }
  // Read first: the file must really hold that many values before a network is made for them.
  Eigen::VectorXf parameters =
      reader.Floats(prefix + ".parameters", static_cast<std::int64_t>(ParameterCount(sizes)));
  if (!reader.ok()) return {};
  TransformerNetwork network(sizes);
  network.parameters_ = std::move(parameters);
  return network;
}

}  // namespace lookout::agents
