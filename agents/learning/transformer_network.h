// A Transformer-XL over the steps of an episode in float32, plain ("TrXL-I") or gated ("GTrXL",
// Parisotto et al. 2020): what it remembers is each layer's inputs at the last steps. Const use
// from any thread, each with its own workspace.
#pragma once

#include <Eigen/Core>
#include <string>
#include <string_view>
#include <vector>

#include "agents/learning/archive.h"
#include "agents/learning/sequence_batch.h"
#include "agents/learning/transformer/transformer_layer.h"
#include "sim/base/random_state.h"

namespace lookout::agents {

struct TransformerSizes {
  int input_dim = 1;
  int output_dim = 1;
  int layers = 2;
  int width = 64;   // even
  int heads = 4;    // a divisor of the width
  int memory = 64;  // steps that a layer looks back at, beside the present one
  bool gated = true;
  LayerShape layer() const { return {{width, heads, memory}, gated}; }
  // Why there is no such network; empty if there is.
  std::string Problem() const;
};

class TransformerNetwork;

// What Forward leaves for Backward and Tangent, of at most `max_columns` columns; nothing is
// allocated after construction.
class TransformerWorkspace {
 public:
  TransformerWorkspace() = default;
  TransformerWorkspace(const TransformerNetwork& network, int max_columns);
  int max_columns() const { return static_cast<int>(outputs_.cols()); }
  // About how many values it holds for each column.
  static double ColumnFloats(const TransformerSizes& sizes);

 private:
  friend class TransformerNetwork;
  std::vector<AttentionChunk> chunks_;
  Eigen::MatrixXf embedded_;  // [width x max_columns]
  std::vector<LayerWorkspace> layers_;
  LayerScratch scratch_;
  Eigen::MatrixXf changes_;             // [width x max_columns], deltas or tangents between layers
  Eigen::MatrixXf outputs_, tangents_;  // [output_dim x max_columns]
};

// E0 = tanh(W x + b), then the layers (see transformer_layer.h), then y = V E + d.
class TransformerNetwork {
 public:
  using Inputs = Eigen::Ref<const Eigen::MatrixXf>;
  using Outputs = Eigen::Block<const Eigen::MatrixXf, Eigen::Dynamic, Eigen::Dynamic, true>;

  TransformerNetwork() = default;
  // Sizes without a Problem(). All parameters are zero.
  explicit TransformerNetwork(const TransformerSizes& sizes);

  // Weights as Mlp::InitialiseGlorot, those of the output times `output_gain`. gate_bias: b_g; 2
  // lets little of a submodule through at first, so that it starts close to a network without
  // memory.
  void Initialise(RandomState& random, double output_gain, double gate_bias);

  const TransformerSizes& sizes() const { return sizes_; }
  int input_dim() const { return sizes_.input_dim; }
  int output_dim() const { return sizes_.output_dim; }
  // Of each layer the standardised inputs [width x memory], the newest step last, 0 before the
  // episode's start; then how many steps they are of.
  int state_dim() const { return StateDim(sizes_); }
  static int StateDim(const TransformerSizes& sizes) {
    return sizes.layers * sizes.width * sizes.memory + 1;
  }
  static double ParameterCount(const TransformerSizes& sizes);
  int parameter_count() const { return static_cast<int>(parameters_.size()); }
  std::string SizesText() const;  // "60-GTrXL (2 x 64, 4 heads, memory 64)-2"

  // W [width x input_dim], b; each layer's LayerParts; V [output_dim x width], d.
  const Eigen::VectorXf& parameters() const { return parameters_; }
  Eigen::VectorXf& mutable_parameters() { return parameters_; }

  // At most workspace.max_columns() columns. A step sees the `memory` steps before it, be they
  // columns of its sequence or remembered, so that it is the same however a sequence is cut. The
  // result [output_dim x n] lives in the workspace until its next use.
  Outputs Forward(const SequenceBatch& batch, TransformerWorkspace& workspace) const;
  // After Forward on the same batch: the state after a column [state_dim], overwritten. `state`
  // must not be part of the batch.
  void StateAfter(const SequenceBatch& batch, const TransformerWorkspace& workspace,
                  Eigen::Index column, Eigen::Ref<Eigen::VectorXf> state) const;
  // After Forward: how much a column attended to the present and past steps,
  // [heads x (memory + 1)], the present one last; 0 beyond the episode's start.
  Eigen::MatrixXf AttentionOf(const TransformerWorkspace& workspace, int layer,
                              Eigen::Index column) const;

  // After Forward on the same batch and workspace; back to each sequence's start, what it remembers
  // being given. output_gradient: dLoss/dOutput [output_dim x n]; parameter_gradient: overwritten.
  void Backward(const SequenceBatch& batch, const Inputs& output_gradient,
                TransformerWorkspace& workspace,
                Eigen::Ref<Eigen::VectorXf> parameter_gradient) const;
  // After Forward on the same batch and workspace: the derivative of the outputs in a direction of
  // parameter space [parameter_count]. The result [output_dim x n] lives in the workspace until its
  // next use, Backward included.
  Outputs Tangent(const SequenceBatch& batch, const Eigen::Ref<const Eigen::VectorXf>& direction,
                  TransformerWorkspace& workspace) const;

  // Fields "<name>.transformer_sizes" and "<name>.parameters".
  void Encode(ArchiveWriter& writer, std::string_view name) const;
  // An empty network if the reader has an error.
  static TransformerNetwork Decode(ArchiveReader& reader, std::string_view name);
  static constexpr int kMaxLayers = 16;
  static constexpr int kMaxWidth = 1024;
  static constexpr int kMaxMemory = 1024;

 private:
  friend class TransformerWorkspace;
  int layer_state() const { return sizes_.width * sizes_.memory; }
  Eigen::Index layer_offset(int layer) const;
  // Which steps each column sees, in workspace.chunks_.
  void CutIntoChunks(const SequenceBatch& batch, TransformerWorkspace& workspace) const;
  const Eigen::MatrixXf& InputOf(int layer, const TransformerWorkspace& workspace) const;
  AttentionMemory MemoryOf(int layer, const SequenceBatch& batch) const;

  TransformerSizes sizes_;
  TransformerLayer layer_;  // the same for all, the parameters apart
  Eigen::VectorXf parameters_;
};

}  // namespace lookout::agents
