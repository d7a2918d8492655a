// A recurrent network in float32: one layer of gated recurrent units (Cho et al. 2014, eqs. 5 to 8)
// and a linear output, forward and backward through time. Const use from any thread, each with its
// own workspace.
#pragma once

#include <Eigen/Core>
#include <string>
#include <string_view>
#include <vector>

#include "agents/learning/archive.h"
#include "agents/learning/sequence_batch.h"
#include "sim/base/random_state.h"

namespace lookout::agents {

class GruNetwork;

// What Forward leaves for Backward and Tangent, of at most `max_columns` columns; nothing is
// allocated after construction.
class GruWorkspace {
 public:
  GruWorkspace() = default;
  GruWorkspace(const GruNetwork& network, int max_columns);
  int max_columns() const { return static_cast<int>(outputs_.cols()); }

 private:
  friend class GruNetwork;
  Eigen::MatrixXf gates_;          // [3 state_dim x max_columns]: reset r, update z, candidate c
  Eigen::MatrixXf previous_;       // [state_dim x max_columns]: h before each column
  Eigen::MatrixXf reset_states_;   // [state_dim x max_columns]: r h
  Eigen::MatrixXf states_;         // [state_dim x max_columns]: h after each column
  Eigen::MatrixXf outputs_;        // [output_dim x max_columns]
  Eigen::MatrixXf gate_deltas_;    // dLoss/d(pre-activation of the gates), or their tangents
  Eigen::MatrixXf state_deltas_;   // dLoss/dh through the outputs, or the tangents of h
  Eigen::MatrixXf tangents_;       // [output_dim x max_columns]
  Eigen::MatrixXf initial_grads_;  // [state_dim x max_columns], a column for each sequence
  Eigen::VectorXf carried_, reset_delta_;  // [state_dim]
};

// With x the input and h the state, all products of gates by element:
//   r = sigmoid(W_r x + U_r h + b_r)          z = sigmoid(W_z x + U_z h + b_z)
//   c = tanh(W_c x + U_c (r h) + b_c)         h' = z h + (1 - z) c         y = V h' + d
class GruNetwork {
 public:
  using Inputs = Eigen::Ref<const Eigen::MatrixXf>;
  using Outputs = Eigen::Block<const Eigen::MatrixXf, Eigen::Dynamic, Eigen::Dynamic, true>;

  GruNetwork() = default;
  // Each >= 1. All parameters are zero.
  GruNetwork(int input_dim, int state_dim, int output_dim);

  // Weights as Mlp::InitialiseGlorot, those of the output times `output_gain`; the update gates'
  // biases are 1, so that it starts with remembering (as Gers et al. 2000 do in an LSTM).
  void Initialise(RandomState& random, double output_gain);

  int input_dim() const { return input_dim_; }
  int state_dim() const { return state_dim_; }
  int output_dim() const { return output_dim_; }
  int parameter_count() const { return static_cast<int>(parameters_.size()); }
  std::string SizesText() const;  // "60-GRU 64-2"

  // W [3 state_dim x input_dim], U [3 state_dim x state_dim] and b [3 state_dim], each with the
  // rows of r, z and c, then V [output_dim x state_dim] and d [output_dim]; matrices by columns.
  const Eigen::VectorXf& parameters() const { return parameters_; }
  Eigen::VectorXf& mutable_parameters() { return parameters_; }

  // At most workspace.max_columns() columns. The result [output_dim x n] lives in the workspace
  // until its next use.
  Outputs Forward(const SequenceBatch& batch, GruWorkspace& workspace) const;
  // After Forward: the state after each column, [state_dim x n].
  static Outputs States(const GruWorkspace& workspace, Eigen::Index columns);

  // After Forward on the same batch and workspace; back to each sequence's start, its initial state
  // being given. output_gradient: dLoss/dOutput [output_dim x n]; parameter_gradient: overwritten.
  void Backward(const SequenceBatch& batch, const Inputs& output_gradient, GruWorkspace& workspace,
                Eigen::Ref<Eigen::VectorXf> parameter_gradient) const;
  // After Backward: dLoss/d(initial state), [state_dim x sequences].
  static Outputs InitialStateGradients(const GruWorkspace& workspace, Eigen::Index sequences);

  // After Forward on the same batch and workspace: the derivative of the outputs in a direction of
  // parameter space [parameter_count], through time from initial states that stay. The result
  // [output_dim x n] lives in the workspace until its next use, Backward included.
  Outputs Tangent(const SequenceBatch& batch, const Eigen::Ref<const Eigen::VectorXf>& direction,
                  GruWorkspace& workspace) const;

  // Fields "<name>.gru_sizes" and "<name>.parameters".
  void Encode(ArchiveWriter& writer, std::string_view name) const;
  // An empty network if the reader has an error. Sizes are limited like Mlp's.
  static GruNetwork Decode(ArchiveReader& reader, std::string_view name);

 private:
  friend class GruWorkspace;
  // One step back in time through column i; carried_ becomes dLoss/dh before it.
  static void StepBack(Eigen::Index i, const Inputs& recurrent, GruWorkspace& workspace);
  // One step on of the derivatives in a direction; carried_ becomes that of h after column i.
  static void StepTangent(Eigen::Index i, const Inputs& recurrent, const Inputs& recurrent_change,
                          GruWorkspace& workspace);

  int input_dim_ = 0;
  int state_dim_ = 0;
  int output_dim_ = 0;
  Eigen::VectorXf parameters_;
};

}  // namespace lookout::agents
