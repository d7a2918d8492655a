// Sums over many samples on one network, above all gradients, spread over workers in a way that
// gives the same bits however many there are: the samples are cut into a fixed number of shards,
// each shard sums its own gradient, and the shards are added up in order. One owner; shards run on
// any thread.
#pragma once

#include <Eigen/Core>
#include <span>
#include <vector>

#include "agents/learning/adam.h"
#include "agents/learning/sample_sequences.h"
#include "agents/learning/sequence_network.h"
#include "agents/learning/worker_pool.h"

namespace lookout::agents {

// A network with its optimiser, and `log_std` parameters outside the network (a log deviation).
struct TrainedNetwork {
  TrainedNetwork() = default;
  TrainedNetwork(SequenceNetwork trained, Eigen::VectorXf log_std_parameters,
                 const AdamSettings& optimiser);

  SequenceNetwork network;
  Eigen::VectorXf log_std;
  Adam adam;
  Adam log_std_adam;

  void set_learning_rate(double learning_rate);

  // The optimisers' part of a checkpoint and, if `with_network`, the network.
  void Encode(ArchiveWriter& writer, std::string_view name, bool with_network) const;
  // Keeps its own shape; refuses another through the reader.
  void Decode(ArchiveReader& reader, std::string_view name, bool with_network);
};

// What a shard adds up over its samples besides the gradient.
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

// What the network is given for each sample. References, which have to outlive their use.
struct SampleInputs {
  const Eigen::MatrixXf& observations;  // [input_dim x samples]
  // [state_dim x ...]: what the network remembered where a sequence begins, for a network with
  // memory alone.
  const Eigen::MatrixXf& states;
  // Of the sample that a sequence begins with, the column of `states`; negative: it remembered
  // nothing, which is a state of zeros. Empty: the sample's own number.
  std::span<const int> state_columns = {};
};

// A loss that is a sum over samples.
class SampleLoss {
 public:
  virtual ~SampleLoss() = default;
  // outputs: the network's for those samples [output_dim x n]; output_gradient: dLoss/dOutput,
  // overwritten; log_std_gradient: dLoss/dExtra, added to.
  virtual void Evaluate(std::span<const int> samples, const SequenceNetwork::Outputs& outputs,
                        Eigen::Ref<Eigen::MatrixXf> output_gradient,
                        Eigen::Ref<Eigen::VectorXf> log_std_gradient, LossSums& sums) const = 0;
};

// Which share of the samples is worked on, and by whom.
struct ShardPlace {
  int shard = 0;  // of `shards`
  int shards = 1;
  int worker = 0;
};

// How the samples are cut for the work.
struct TrainerLimits {
  int most_shards = 16;              // a power of two; 1: all samples in one go, on one thread
  int block_samples = kColumnBlock;  // that the network is run on at once; no sequence is longer
};

class NetworkTrainer {
 public:
  // For networks of that shape, run by that many workers.
  NetworkTrainer(const TrainedNetwork& shape, int workers, const TrainerLimits& limits = {});

  // How many shards those samples are cut into, a power of two; depends on nothing else.
  int ShardCount(const SampleSequences& samples) const;
  // How many that many samples are cut into at most, by the usual limits.
  static int MostShardsOf(int samples);

  // Each does all shards of `samples`, which index those of `inputs`, and Reduce(). A network with
  // memory is run through each sequence from the state before its first sample.
  // The sums and the gradient of the loss:
  bool Gradient(const TrainedNetwork& net, const SampleSequences& samples,
                const SampleInputs& inputs, const SampleLoss& loss, WorkerPool& pool);
  // Only the sums; the gradients become 0.
  bool Measure(const TrainedNetwork& net, const SampleSequences& samples,
               const SampleInputs& inputs, const SampleLoss& loss, WorkerPool& pool);
  // Like Gradient, but the loss sees, in place of the outputs, their derivative in a direction of
  // parameter space; see SequenceNetwork::Tangent.
  bool TangentGradient(const TrainedNetwork& net, const Eigen::VectorXf& direction,
                       const SampleSequences& samples, const SampleInputs& inputs,
                       const SampleLoss& loss, WorkerPool& pool);

  // One shard's part of Gradient, for those who run the shards of several networks side by side:
  // each process those that are its share of the shards.
  void RunShard(const ShardPlace& place, const TrainedNetwork& net, const SampleSequences& samples,
                const SampleInputs& inputs, const SampleLoss& loss);
  // Adds up the shards of all processes, neighbours first, then pairs and so on: an order that
  // stays the same when the shards are dealt out to a power of two of processes. False if the loss
  // or the gradient is not finite.
  bool Reduce(int shards, ProcessGroup& processes = SingleProcess());
  const LossSums& sums() const { return sums_; }
  const Eigen::VectorXf& gradient() const { return gradient_; }
  const Eigen::VectorXf& log_std_gradient() const { return log_std_gradient_; }
  // One step of Adam with the reduced gradient, which is shortened to most_norm if that is
  // positive.
  void Step(TrainedNetwork& net, double most_norm);

 private:
  struct GradientShard {
    Eigen::VectorXf gradient;
    Eigen::VectorXf log_std_gradient;
    LossSums sums;
  };
  struct Scratch {  // of a worker
    SequenceWorkspace workspace;
    Eigen::MatrixXf inputs;
    Eigen::MatrixXf states;   // [state_dim x block_samples], before each sequence
    std::vector<int> starts;  // of the sequences
    Eigen::MatrixXf output_gradient;
    Eigen::VectorXf block_gradient;
  };
  void AddUpOwnShards(ProcessGroup::Share share);
  // Copies a block's samples side by side. Valid until the scratch's next use.
  static SequenceBatch Gather(const SampleSequences& block, const SampleInputs& inputs,
                              Scratch& scratch);
  // Calls block(samples, batch, scratch, is_first) for each block of a shard.
  template <typename Block>
  void ForEachBlock(const ShardPlace& place, const SampleSequences& samples,
                    const SampleInputs& inputs, Block&& block);
  // Back through the network; adds up over a shard's blocks.
  void AddGradient(const TrainedNetwork& net, const SequenceBatch& batch,
                   const SequenceNetwork::Inputs& output_gradient, Scratch& scratch, bool is_first,
                   GradientShard& shard);
  template <typename RunOne>
  bool RunAll(const SampleSequences& samples, WorkerPool& pool, RunOne&& run_one);

  TrainerLimits limits_;
  std::vector<GradientShard> shards_;
  std::vector<Scratch> scratch_;
  Eigen::VectorXf gradient_;
  Eigen::VectorXf log_std_gradient_;
  LossSums sums_;
};

}  // namespace lookout::agents
