// Gradient descent on one network over many columns, spread over workers in a way that gives the
// same bits however many there are: the columns are cut into a fixed number of lanes, each lane
// sums its own gradient, and the lanes are added up in order. One owner; lanes run on any thread.
#pragma once

#include <Eigen/Core>
#include <span>
#include <vector>

#include "agents/nn/adam.h"
#include "agents/nn/mlp.h"

namespace lookout::agents {

// A network with its optimiser, and `extra` parameters outside the network (a log deviation).
struct TrainedNetwork {
  TrainedNetwork() = default;
  TrainedNetwork(Mlp mlp, Eigen::VectorXf extra_parameters, double learning_rate);

  Mlp network;
  Eigen::VectorXf extra;
  Adam adam;
  Adam extra_adam;

  // The optimisers' part of a checkpoint and, if `with_network`, the network.
  void Encode(ArchiveWriter& writer, std::string_view name, bool with_network) const;
  // Keeps its own shape; refuses another through the reader.
  void Decode(ArchiveReader& reader, std::string_view name, bool with_network);
};

// What a lane adds up over its columns besides the gradient.
struct LossSums {
  double loss = 0.0;
  double kl = 0.0;
  double clipped = 0.0;
};

// A loss that is a sum over columns.
class ColumnLoss {
 public:
  virtual ~ColumnLoss() = default;
  // outputs: the network's for those columns [output_dim x n]; output_gradient: dLoss/dOutput,
  // overwritten; extra_gradient: dLoss/dExtra, added to.
  virtual void Evaluate(std::span<const int> columns, const Mlp::Outputs& outputs,
                        Eigen::Ref<Eigen::MatrixXf> output_gradient,
                        Eigen::Ref<Eigen::VectorXf> extra_gradient, LossSums& sums) const = 0;
};

class NetworkTrainer {
 public:
  // For networks of that shape, run by that many workers.
  NetworkTrainer(const TrainedNetwork& shape, int workers);

  // How many lanes that many columns are cut into; depends on nothing else.
  static int LaneCount(int columns);

  // One lane's share of `columns`, which index those of `observations`.
  void RunLane(int lane, int lanes, int worker, const TrainedNetwork& net,
               std::span<const int> columns, const Eigen::MatrixXf& observations,
               const ColumnLoss& loss);

  // Adds up the lanes. False if the loss or the gradient is not finite.
  bool Reduce(int lanes);
  const LossSums& sums() const { return sums_; }
  const Eigen::VectorXf& gradient() const { return gradient_; }
  const Eigen::VectorXf& extra_gradient() const { return extra_gradient_; }
  // One step of Adam with the reduced gradient.
  void Step(TrainedNetwork& net) const;

 private:
  struct Lane {
    Eigen::VectorXf gradient;
    Eigen::VectorXf extra_gradient;
    LossSums sums;
  };
  struct Scratch {  // of a worker
    MlpWorkspace workspace;
    Eigen::MatrixXf inputs;
    Eigen::MatrixXf output_gradient;
    Eigen::VectorXf block_gradient;
  };
  std::vector<Lane> lanes_;
  std::vector<Scratch> scratch_;
  Eigen::VectorXf gradient_;
  Eigen::VectorXf extra_gradient_;
  LossSums sums_;
};

}  // namespace lookout::agents
