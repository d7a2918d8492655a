#include "agents/learning/mlp.h"

#include <fmt/format.h>

#include <Eigen/QR>
#include <algorithm>
#include <cmath>
#include <string>

namespace lookout::agents {
namespace {

using WeightMap = Eigen::Map<const Eigen::MatrixXf>;
using BiasMap = Eigen::Map<const Eigen::VectorXf>;

// The first n columns as one contiguous array, so that element-wise loops run without breaks.
Eigen::Map<Eigen::ArrayXf> Flat(Eigen::MatrixXf& matrix, Eigen::Index columns) {
  return {matrix.data(), matrix.rows() * columns};
}

// Eigen's colwise() += does not vectorise; column by column it does.
template <typename Columns>
void AddBias(Columns&& columns, const BiasMap& bias) {
  for (Eigen::Index i = 0; i < columns.cols(); ++i) columns.col(i) += bias;
}

template <typename Columns>
void AddBiasAndTanh(Columns&& columns, const BiasMap& bias) {
  for (Eigen::Index i = 0; i < columns.cols(); ++i) {
    columns.col(i) = (columns.col(i) + bias).array().tanh();
  }
}

std::string FieldName(std::string_view name, std::string_view suffix) {
  return std::string(name) + "." + std::string(suffix);
}

}  // namespace

MlpWorkspace::MlpWorkspace(const Mlp& mlp, int max_columns) : max_columns_(max_columns) {
  for (std::size_t k = 1; k < mlp.layer_sizes_.size(); ++k) {
    activations_.emplace_back(mlp.layer_sizes_[k], max_columns);
    deltas_.emplace_back(mlp.layer_sizes_[k], max_columns);
  }
}

Mlp::Mlp(std::vector<int> layer_sizes) : layer_sizes_(std::move(layer_sizes)) {
  LOOKOUT_CHECK(layer_sizes_.size() >= 2 && std::ranges::min(layer_sizes_) >= 1,
                "a network needs an input and an output size");
  int count = 0;
  for (int k = 0; k < layers(); ++k) {
    offsets_.push_back(count);
    count += (layer_sizes_[k] + 1) * layer_sizes_[k + 1];
  }
  parameters_.setZero(count);
}

void Mlp::InitialiseGlorot(RandomState& random) {
  parameters_.setZero();
  for (int k = 0; k < layers(); ++k) {
    const int in = layer_sizes_[k];
    const int out = layer_sizes_[k + 1];
    const double bound = std::sqrt(6.0 / (in + out));
    for (float& weight : parameters_.segment(offsets_[k], in * out)) {
      weight = static_cast<float>(random.Uniform(-bound, bound));
    }
  }
}

void Mlp::InitialiseOrthogonal(RandomState& random, double output_gain) {
  parameters_.setZero();
  for (int k = 0; k < layers(); ++k) {
    const int in = layer_sizes_[k];
    const int out = layer_sizes_[k + 1];
    Eigen::MatrixXd gaussian(std::max(in, out), std::min(in, out));
    for (double& value : gaussian.reshaped()) value = random.Normal();
    const Eigen::HouseholderQR<Eigen::MatrixXd> qr(gaussian);
    const Eigen::MatrixXd basis =
        qr.householderQ() * Eigen::MatrixXd::Identity(gaussian.rows(), gaussian.cols());
    const double gain = k + 1 < layers() ? std::sqrt(2.0) : output_gain;
    Eigen::Map<Eigen::MatrixXf> weights(parameters_.data() + offsets_[k], out, in);
    weights = (gain * (out >= in ? basis : Eigen::MatrixXd(basis.transpose()))).cast<float>();
  }
}

Mlp::Outputs Mlp::Forward(const Inputs& inputs, MlpWorkspace& workspace) const {
  const Eigen::Index n = inputs.cols();
  LOOKOUT_CHECK(inputs.rows() == input_dim() && n <= workspace.max_columns(),
                "inputs do not fit the network or its workspace");
  for (int k = 0; k < layers(); ++k) {
    const int in = layer_sizes_[k];
    const int out = layer_sizes_[k + 1];
    const WeightMap weights(parameters_.data() + offsets_[k], out, in);
    const BiasMap bias(parameters_.data() + offsets_[k] + in * out, out);
    auto result = workspace.activations_[k].leftCols(n);
    if (k == 0) {
      result.noalias() = weights * inputs;
    } else {
      result.noalias() = weights * workspace.activations_[k - 1].leftCols(n);
    }
    if (k + 1 < layers()) {
      AddBiasAndTanh(result, bias);
    } else {
      AddBias(result, bias);
    }
  }
  return std::as_const(workspace.activations_.back()).leftCols(n);
}

void Mlp::Backward(const Inputs& inputs, const Inputs& output_gradient, MlpWorkspace& workspace,
                   Eigen::Ref<Eigen::VectorXf> parameter_gradient) const {
  const Eigen::Index n = inputs.cols();
  LOOKOUT_CHECK(output_gradient.cols() == n && output_gradient.rows() == output_dim() &&
                    parameter_gradient.size() == parameter_count(),
                "gradients do not fit the network");
  workspace.deltas_.back().leftCols(n) = output_gradient;
  for (int k = layers() - 1; k >= 0; --k) {
    const int in = layer_sizes_[k];
    const int out = layer_sizes_[k + 1];
    const auto delta = workspace.deltas_[k].leftCols(n);
    float* const gradient = parameter_gradient.data() + offsets_[k];
    Eigen::Map<Eigen::MatrixXf> weight_gradient(gradient, out, in);
    Eigen::Map<Eigen::VectorXf>(gradient + in * out, out) = delta.rowwise().sum();
    if (k == 0) {
      weight_gradient.noalias() = delta * inputs.transpose();
      return;
    }
    weight_gradient.noalias() = delta * workspace.activations_[k - 1].leftCols(n).transpose();
    // Through the weights, then through tanh: tanh'(z) = 1 - tanh(z)^2.
    const WeightMap weights(parameters_.data() + offsets_[k], out, in);
    workspace.deltas_[k - 1].leftCols(n).noalias() = weights.transpose() * delta;
    Flat(workspace.deltas_[k - 1], n) *= 1.0F - Flat(workspace.activations_[k - 1], n).square();
  }
}

Mlp::Outputs Mlp::Tangent(const Inputs& inputs, const Eigen::Ref<const Eigen::VectorXf>& direction,
                          MlpWorkspace& workspace) const {
  const Eigen::Index n = inputs.cols();
  LOOKOUT_CHECK(direction.size() == parameter_count(), "the direction does not fit the network");
  for (int k = 0; k < layers(); ++k) {
    const int in = layer_sizes_[k];
    const int out = layer_sizes_[k + 1];
    const WeightMap weight_change(direction.data() + offsets_[k], out, in);
    const BiasMap bias_change(direction.data() + offsets_[k] + in * out, out);
    Eigen::MatrixXf& tangent = workspace.deltas_[k];
    auto result = tangent.leftCols(n);
    if (k == 0) {
      result.noalias() = weight_change * inputs;
    } else {
      const WeightMap weights(parameters_.data() + offsets_[k], out, in);
      result.noalias() = weight_change * workspace.activations_[k - 1].leftCols(n);
      result.noalias() += weights * workspace.deltas_[k - 1].leftCols(n);
    }
    AddBias(result, bias_change);
    if (k + 1 < layers()) {
      Flat(tangent, n) *= 1.0F - Flat(workspace.activations_[k], n).square();
    }
  }
  return std::as_const(workspace.deltas_.back()).leftCols(n);
}

std::string Mlp::SizesText() const {
  std::string text;
  for (const int size : layer_sizes_) text += fmt::format("{}{}", text.empty() ? "" : "-", size);
  return text;
}

void Mlp::Encode(ArchiveWriter& writer, std::string_view name) const {
  const std::vector<std::int64_t> sizes(layer_sizes_.begin(), layer_sizes_.end());
  writer.Integers(FieldName(name, "sizes"), sizes);
  writer.Floats(FieldName(name, "parameters"),
                {parameters_.data(), std::size_t(parameter_count())});
}

Mlp Mlp::Decode(ArchiveReader& reader, std::string_view name) {
  const auto sizes = reader.Integers(FieldName(name, "sizes"), kMaxLayers + 1);
  if (!reader.ok()) return {};
  std::int64_t count = 0;
  for (std::size_t k = 0; k < sizes.size(); ++k) {
    if (sizes[k] < 1 || sizes[k] > kMaxWidth) count = -1;
    if (k > 0 && count >= 0) count += (sizes[k - 1] + 1) * sizes[k];
  }
  if (sizes.size() < 2 || count < 0) {
    reader.Reject(fmt::format("network '{}' needs 2 to {} layer sizes of 1 to {} each.", name,
                              kMaxLayers + 1, kMaxWidth));
    return {};
  }
  // Read first: the file must really hold that many values before a network is made for them.
  Eigen::VectorXf parameters = reader.Floats(FieldName(name, "parameters"), count);
  if (!reader.ok()) return {};
  Mlp mlp(std::vector<int>(sizes.begin(), sizes.end()));
  mlp.parameters_ = std::move(parameters);
  return mlp;
}

}  // namespace lookout::agents
