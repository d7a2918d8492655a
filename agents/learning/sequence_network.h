// A network over sequences of steps, whatever it is made of: one that remembers, or a perceptron,
// to which every step is a sequence of its own and which has no state. A value; const use from any
// thread, each with its own workspace.
#pragma once

#include <Eigen/Core>
#include <string>
#include <string_view>
#include <variant>

#include "agents/learning/archive.h"
#include "agents/learning/gru_network.h"
#include "agents/learning/mlp.h"
#include "agents/learning/sequence_batch.h"
#include "agents/learning/stacked_network.h"
#include "agents/learning/transformer_network.h"

namespace lookout::agents {

class SequenceNetwork;

// Of batches of at most `max_columns` columns; nothing is allocated after construction.
class SequenceWorkspace {
 public:
  SequenceWorkspace() = default;
  SequenceWorkspace(const SequenceNetwork& network, int max_columns);
  int max_columns() const { return max_columns_; }

 private:
  friend class SequenceNetwork;
  std::variant<MlpWorkspace, StackedWorkspace, GruWorkspace, TransformerWorkspace> kind_;
  int max_columns_ = 0;
};

class SequenceNetwork {
 public:
  using Inputs = Mlp::Inputs;
  using Outputs = Mlp::Outputs;

  SequenceNetwork() = default;
  // NOLINTNEXTLINE(google-explicit-constructor): each of them is one.
  SequenceNetwork(Mlp network) : kind_(std::move(network)) {}
  // NOLINTNEXTLINE(google-explicit-constructor)
  SequenceNetwork(StackedNetwork network) : kind_(std::move(network)) {}
  // NOLINTNEXTLINE(google-explicit-constructor)
  SequenceNetwork(GruNetwork network) : kind_(std::move(network)) {}
  // NOLINTNEXTLINE(google-explicit-constructor)
  SequenceNetwork(TransformerNetwork network) : kind_(std::move(network)) {}

  int input_dim() const;
  int output_dim() const;
  int state_dim() const;  // numbers that it remembers from step to step; 0: none
  bool has_memory() const { return state_dim() > 0; }
  int parameter_count() const { return static_cast<int>(parameters().size()); }
  const Eigen::VectorXf& parameters() const;
  Eigen::VectorXf& mutable_parameters();
  // What it is and its sizes, the same for two networks of one shape alone: "60-64-64-2".
  std::string SizesText() const;
  // Null if it is something else.
  const Mlp* mlp() const { return std::get_if<Mlp>(&kind_); }
  const StackedNetwork* stacked() const { return std::get_if<StackedNetwork>(&kind_); }
  const GruNetwork* gru() const { return std::get_if<GruNetwork>(&kind_); }
  const TransformerNetwork* transformer() const { return std::get_if<TransformerNetwork>(&kind_); }

  // The outputs [output_dim x n] live in the workspace until its next use.
  Outputs Forward(const SequenceBatch& batch, SequenceWorkspace& workspace) const;
  // After Forward on the same batch: what it remembers after a column, [state_dim], overwritten;
  // no part of the batch.
  void StateAfter(const SequenceBatch& batch, const SequenceWorkspace& workspace,
                  Eigen::Index column, Eigen::Ref<Eigen::VectorXf> state) const;

  // After Forward on the same batch and workspace. output_gradient: dLoss/dOutput
  // [output_dim x n]; parameter_gradient: dLoss/dParameters [parameter_count], overwritten. Goes
  // back through time to each sequence's start.
  void Backward(const SequenceBatch& batch, const Inputs& output_gradient,
                SequenceWorkspace& workspace, Eigen::Ref<Eigen::VectorXf> parameter_gradient) const;

  // After Forward on the same batch and workspace: the derivative of the outputs in a direction of
  // parameter space [parameter_count], the initial states being given. The result
  // [output_dim x n] lives in the workspace until its next use, Backward included.
  Outputs Tangent(const SequenceBatch& batch, const Eigen::Ref<const Eigen::VectorXf>& direction,
                  SequenceWorkspace& workspace) const;

  // As the network that it is writes itself.
  void Encode(ArchiveWriter& writer, std::string_view name) const;
  // An empty network if the reader has an error.
  static SequenceNetwork Decode(ArchiveReader& reader, std::string_view name);

 private:
  friend class SequenceWorkspace;
  std::variant<Mlp, StackedNetwork, GruNetwork, TransformerNetwork> kind_;
};

}  // namespace lookout::agents
