// A perceptron that sees the last few inputs side by side ("stacked frames", Mnih et al. 2015), in
// float32. Const use from any thread, each with its own workspace.
#pragma once

#include <Eigen/Core>
#include <string>
#include <string_view>

#include "agents/learning/archive.h"
#include "agents/learning/mlp.h"
#include "agents/learning/sequence_batch.h"

namespace lookout::agents {

class StackedNetwork;

// Of batches of at most `max_columns` columns; nothing is allocated after construction.
class StackedWorkspace {
 public:
  StackedWorkspace() = default;
  StackedWorkspace(const StackedNetwork& network, int max_columns);
  int max_columns() const { return mlp_.max_columns(); }

 private:
  friend class StackedNetwork;
  Eigen::MatrixXf stacks_;  // [frames * input_dim x max_columns]: the oldest input first
  MlpWorkspace mlp_;
};

class StackedNetwork {
 public:
  using Inputs = Mlp::Inputs;
  using Outputs = Mlp::Outputs;
  static constexpr int kMaxFrames = 64;

  StackedNetwork() = default;
  // frames: inputs that it sees, the present one included, 2 to kMaxFrames. mlp: of so many inputs
  // times those of one.
  StackedNetwork(int frames, Mlp mlp);

  int frames() const { return frames_; }
  const Mlp& mlp() const { return mlp_; }
  int input_dim() const { return mlp_.input_dim() / frames_; }
  int output_dim() const { return mlp_.output_dim(); }
  // The inputs of the frames - 1 steps before, the oldest first; 0 before an episode's start.
  int state_dim() const { return (frames_ - 1) * input_dim(); }
  std::string SizesText() const;  // "4 x 60-64-64-2"

  const Eigen::VectorXf& parameters() const { return mlp_.parameters(); }
  Eigen::VectorXf& mutable_parameters() { return mlp_.mutable_parameters(); }

  // As GruNetwork's.
  Outputs Forward(const SequenceBatch& batch, StackedWorkspace& workspace) const;
  void Backward(const SequenceBatch& batch, const Inputs& output_gradient,
                StackedWorkspace& workspace, Eigen::Ref<Eigen::VectorXf> parameter_gradient) const;
  Outputs Tangent(const SequenceBatch& batch, const Eigen::Ref<const Eigen::VectorXf>& direction,
                  StackedWorkspace& workspace) const;
  // After Forward: the state after a column [state_dim], overwritten.
  void StateAfter(const StackedWorkspace& workspace, Eigen::Index column,
                  Eigen::Ref<Eigen::VectorXf> state) const;

  // Field "<name>.stacked_frames" and those of Mlp.
  void Encode(ArchiveWriter& writer, std::string_view name) const;
  // An empty network if the reader has an error.
  static StackedNetwork Decode(ArchiveReader& reader, std::string_view name);

 private:
  int frames_ = 2;
  Mlp mlp_;
};

}  // namespace lookout::agents
