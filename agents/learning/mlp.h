// A multi-layer perceptron in float32: tanh hidden layers, linear output, forward and backward on
// batches of columns. Const use from any thread, each with its own workspace.
#pragma once

#include <Eigen/Core>
#include <string>
#include <string_view>
#include <vector>

#include "agents/learning/archive.h"
#include "sim/base/random_state.h"

namespace lookout::agents {

// Columns that Forward and Backward are best called with: the activations stay in the L2 cache.
inline constexpr int kColumnBlock = 512;

class Mlp;

// The activations and deltas of one batch of at most `max_columns` columns; nothing is allocated
// after construction (Eigen's packing buffers of networks up to 256 wide fit on the stack, see
// EIGEN_STACK_ALLOCATION_LIMIT).
class MlpWorkspace {
 public:
  MlpWorkspace() = default;
  MlpWorkspace(const Mlp& mlp, int max_columns);
  int max_columns() const { return max_columns_; }

 private:
  friend class Mlp;
  int max_columns_ = 0;
  std::vector<Eigen::MatrixXf> activations_;  // of layer k: [size(k + 1) x max_columns]
  std::vector<Eigen::MatrixXf> deltas_;       // dLoss/d(pre-activation), same shapes
};

class Mlp {
 public:
  using Inputs = Eigen::Ref<const Eigen::MatrixXf>;
  using Outputs = Eigen::Block<const Eigen::MatrixXf, Eigen::Dynamic, Eigen::Dynamic, true>;

  Mlp() = default;
  // {inputs, hidden..., outputs}, at least two sizes, each >= 1. All parameters are zero.
  explicit Mlp(std::vector<int> layer_sizes);

  // Saxe et al. 2014: orthogonal weights, times sqrt(2) before each tanh and `output_gain` in the
  // last layer; biases zero.
  void InitialiseOrthogonal(RandomState& random, double output_gain);

  // Glorot and Bengio 2010: weights uniform in +-sqrt(6 / (fan_in + fan_out)), biases zero; what
  // the dense layers of the 2019 agents started from.
  void InitialiseGlorot(RandomState& random);

  const std::vector<int>& layer_sizes() const { return layer_sizes_; }
  std::string SizesText() const;  // "60-64-64-2"
  int input_dim() const { return layer_sizes_.front(); }
  int output_dim() const { return layer_sizes_.back(); }
  int parameter_count() const { return static_cast<int>(parameters_.size()); }

  // All weights and biases: per layer W [out x in] by columns, then b [out].
  const Eigen::VectorXf& parameters() const { return parameters_; }
  Eigen::VectorXf& mutable_parameters() { return parameters_; }

  // inputs: [input_dim x n], n <= workspace.max_columns(). The result [output_dim x n] lives in
  // the workspace until its next use.
  Outputs Forward(const Inputs& inputs, MlpWorkspace& workspace) const;

  // After Forward on the same inputs and workspace. output_gradient: dLoss/dOutput
  // [output_dim x n]; parameter_gradient: dLoss/dParameters [parameter_count], overwritten.
  void Backward(const Inputs& inputs, const Inputs& output_gradient, MlpWorkspace& workspace,
                Eigen::Ref<Eigen::VectorXf> parameter_gradient) const;

  // After Forward on the same inputs and workspace: the derivative of the outputs in a direction of
  // parameter space [parameter_count], that is the Jacobian times `direction` (Pearlmutter 1994).
  // The result [output_dim x n] lives in the workspace until its next use, Backward included.
  Outputs Tangent(const Inputs& inputs, const Eigen::Ref<const Eigen::VectorXf>& direction,
                  MlpWorkspace& workspace) const;

  // Fields "<name>.sizes" and "<name>.parameters".
  void Encode(ArchiveWriter& writer, std::string_view name) const;
  // An empty network if the reader has an error. Sizes are limited to kMaxWidth and kMaxLayers.
  static Mlp Decode(ArchiveReader& reader, std::string_view name);
  static constexpr int kMaxWidth = 4096;
  static constexpr int kMaxLayers = 8;

 private:
  friend class MlpWorkspace;
  int layers() const { return static_cast<int>(layer_sizes_.size()) - 1; }

  std::vector<int> layer_sizes_;
  std::vector<int> offsets_;  // of each layer's weights in parameters_
  Eigen::VectorXf parameters_;
};

}  // namespace lookout::agents
