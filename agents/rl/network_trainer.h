// Sums over many columns on one network, above all gradients, spread over workers in a way that
// gives the same bits however many there are: the columns are cut into a fixed number of lanes,
// each lane sums its own gradient, and the lanes are added up in order. One owner; lanes run on any
// thread.
#pragma once

#include <Eigen/Core>
#include <span>
#include <vector>

#include "agents/nn/adam.h"
#include "agents/nn/mlp.h"
#include "agents/rl/worker_pool.h"

namespace lookout::agents {

// A network with its optimiser, and `extra` parameters outside the network (a log deviation).
struct TrainedNetwork {
  TrainedNetwork() = default;
  TrainedNetwork(Mlp mlp, Eigen::VectorXf extra_parameters, double learning_rate);

  Mlp network;
  Eigen::VectorXf extra;
  Adam adam;
  Adam extra_adam;

  void set_learning_rate(double learning_rate);

  // The optimisers' part of a checkpoint and, if `with_network`, the network.
  void Encode(ArchiveWriter& writer, std::string_view name, bool with_network) const;
  // Keeps its own shape; refuses another through the reader.
  void Decode(ArchiveReader& reader, std::string_view name, bool with_network);
};

// What a lane adds up over its columns besides the gradient.
struct LossSums {
  double loss = 0.0;
  double cost = 0.0;  // the surrogate cost
  double kl = 0.0;
  double clipped = 0.0;

  LossSums& operator+=(const LossSums& other) {
    loss += other.loss;
    cost += other.cost;
    kl += other.kl;
    clipped += other.clipped;
    return *this;
  }
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

// Which share of the columns is worked on, and by whom.
struct LanePlace {
  int lane = 0;  // of `lanes`
  int lanes = 1;
  int worker = 0;
};

class NetworkTrainer {
 public:
  // For networks of that shape, run by that many workers.
  NetworkTrainer(const TrainedNetwork& shape, int workers);

  // How many lanes that many columns are cut into, a power of two; depends on nothing else.
  static int LaneCount(int columns);

  // Each does all lanes of `columns`, which index those of `observations`, and Reduce().
  // The sums and the gradient of the loss:
  bool Gradient(const TrainedNetwork& net, std::span<const int> columns,
                const Eigen::MatrixXf& observations, const ColumnLoss& loss, WorkerPool& pool);
  // Only the sums; the gradients become 0.
  bool Measure(const TrainedNetwork& net, std::span<const int> columns,
               const Eigen::MatrixXf& observations, const ColumnLoss& loss, WorkerPool& pool);
  // Like Gradient, but the loss sees, in place of the outputs, their derivative in a direction of
  // parameter space; see Mlp::Tangent.
  bool TangentGradient(const TrainedNetwork& net, const Eigen::VectorXf& direction,
                       std::span<const int> columns, const Eigen::MatrixXf& observations,
                       const ColumnLoss& loss, WorkerPool& pool);

  // One lane's part of Gradient, for those who run the lanes of several networks side by side:
  // each process those that are its share of the lanes.
  void RunLane(const LanePlace& place, const TrainedNetwork& net, std::span<const int> columns,
               const Eigen::MatrixXf& observations, const ColumnLoss& loss);
  // Adds up the lanes of all processes, neighbours first, then pairs and so on: an order that stays
  // the same when the lanes are dealt out to a power of two of processes. False if the loss or the
  // gradient is not finite.
  bool Reduce(int lanes, ProcessGroup& processes = SingleProcess());
  const LossSums& sums() const { return sums_; }
  const Eigen::VectorXf& gradient() const { return gradient_; }
  const Eigen::VectorXf& extra_gradient() const { return extra_gradient_; }
  // One step of Adam with the reduced gradient, which is shortened to most_norm if that is
  // positive.
  void Step(TrainedNetwork& net, double most_norm);

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
  void AddUpOwnLanes(ProcessGroup::Share share);
  // Calls block(columns, inputs, scratch, is_first) for each block of a lane.
  template <typename Block>
  void ForEachBlock(const LanePlace& place, std::span<const int> columns,
                    const Eigen::MatrixXf& observations, Block&& block);
  // Back through the network; adds up over a lane's blocks.
  void AddGradient(const TrainedNetwork& net, const Mlp::Inputs& inputs,
                   const Mlp::Inputs& output_gradient, Scratch& scratch, bool is_first, Lane& lane);
  template <typename RunOne>
  bool RunAll(std::span<const int> columns, WorkerPool& pool, RunOne&& run_one);

  std::vector<Lane> lanes_;
  std::vector<Scratch> scratch_;
  Eigen::VectorXf gradient_;
  Eigen::VectorXf extra_gradient_;
  LossSums sums_;
};

}  // namespace lookout::agents
