#include "agents/learning/network_trainer.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <string>

namespace lookout::agents {
namespace {

constexpr int kLeastShardSamples = 128;  // fewer make the matrix products inefficient

}  // namespace

TrainedNetwork::TrainedNetwork(SequenceNetwork trained, Eigen::VectorXf log_std_parameters,
                               const AdamSettings& optimiser)
    : network(std::move(trained)),
      log_std(std::move(log_std_parameters)),
      adam(network.parameter_count(), optimiser),
      log_std_adam(static_cast<int>(log_std.size()), optimiser) {}

void TrainedNetwork::set_learning_rate(double learning_rate) {
  adam.set_learning_rate(learning_rate);
  log_std_adam.set_learning_rate(learning_rate);
}

void TrainedNetwork::Encode(ArchiveWriter& writer, std::string_view name, bool with_network) const {
  const std::string prefix(name);
  if (with_network) network.Encode(writer, prefix);
  adam.Encode(writer, prefix + ".adam");
  log_std_adam.Encode(writer, prefix + ".extra_adam");
}

void TrainedNetwork::Decode(ArchiveReader& reader, std::string_view name, bool with_network) {
  const std::string prefix(name);
  if (with_network) {
    SequenceNetwork found = SequenceNetwork::Decode(reader, prefix);
    if (reader.ok() && found.SizesText() != network.SizesText()) {
      reader.Reject("network '" + prefix + "' has layers of " + found.SizesText() +
                    " neurons, expected " + network.SizesText() + ".");
    }
    if (reader.ok()) network = std::move(found);
  }
  adam.Decode(reader, prefix + ".adam");
  log_std_adam.Decode(reader, prefix + ".extra_adam");
}

NetworkTrainer::NetworkTrainer(const TrainedNetwork& shape, int workers,
                               const TrainerLimits& limits)
    : limits_(limits), shards_(limits.most_shards), scratch_(workers) {
  const SequenceNetwork& network = shape.network;
  for (GradientShard& shard : shards_) {
    shard.gradient.setZero(network.parameter_count());
    shard.log_std_gradient.setZero(shape.log_std.size());
  }
  for (Scratch& scratch : scratch_) {
    scratch.workspace = SequenceWorkspace(network, limits.block_samples);
    scratch.inputs.setZero(network.input_dim(), limits.block_samples);
    scratch.states.setZero(network.state_dim(), limits.block_samples);
    if (network.has_memory()) scratch.starts.reserve(limits.block_samples);
    scratch.output_gradient.setZero(network.output_dim(), limits.block_samples);
    scratch.block_gradient.setZero(network.parameter_count());
  }
  gradient_.setZero(network.parameter_count());
  log_std_gradient_.setZero(shape.log_std.size());
}

int NetworkTrainer::MostShardsOf(int samples) {
  const auto worthwhile = static_cast<unsigned>(samples / kLeastShardSamples);
  return static_cast<int>(
      std::bit_floor(std::clamp(worthwhile, 1U, unsigned{TrainerLimits{}.most_shards})));
}

int NetworkTrainer::ShardCount(const SampleSequences& samples) const {
  const auto fillable = static_cast<unsigned>(std::max(1, samples.sequences()));
  return std::min({MostShardsOf(samples.size()), limits_.most_shards,
                   static_cast<int>(std::bit_floor(fillable))});
}

SequenceBatch NetworkTrainer::Gather(const SampleSequences& block, const SampleInputs& inputs,
                                     Scratch& scratch) {
  const auto n = static_cast<Eigen::Index>(block.size());
  for (Eigen::Index i = 0; i < n; ++i) {
    scratch.inputs.col(i) = inputs.observations.col(block.samples[i]);
  }
  scratch.starts.clear();
  const Eigen::Index sequences = scratch.states.rows() > 0 ? block.sequences() : 0;
  for (Eigen::Index s = 0; s < sequences; ++s) {
    const int start =
        block.starts.empty() ? static_cast<int>(s) : block.starts[s] - block.starts[0];
    scratch.starts.push_back(start);
    const int sample = block.samples[start];
    const int column = inputs.state_columns.empty() ? sample : inputs.state_columns[sample];
    if (column < 0) {
      scratch.states.col(s).setZero();
    } else {
      scratch.states.col(s) = inputs.states.col(column);
    }
  }
  return {scratch.inputs.leftCols(n), scratch.starts, scratch.states.leftCols(sequences)};
}

template <typename Block>
void NetworkTrainer::ForEachBlock(const ShardPlace& place, const SampleSequences& samples,
                                  const SampleInputs& inputs, Block&& block) {
  GradientShard& shard = shards_[place.shard];
  shard.sums = {};
  shard.log_std_gradient.setZero();
  Scratch& scratch = scratch_[place.worker];
  const SampleSequences share = samples.Part(place.shard, place.shards);
  const int blocks = share.PartsOf(limits_.block_samples);
  for (int b = 0; b < blocks; ++b) {
    const SampleSequences part = share.Part(b, blocks);
    block(part.samples, Gather(part, inputs, scratch), scratch, b == 0);
  }
}

void NetworkTrainer::AddGradient(const TrainedNetwork& net, const SequenceBatch& batch,
                                 const SequenceNetwork::Inputs& output_gradient, Scratch& scratch,
                                 bool is_first, GradientShard& shard) {
  Eigen::VectorXf& target = is_first ? shard.gradient : scratch.block_gradient;
  net.network.Backward(batch, output_gradient, scratch.workspace, target);
  if (!is_first) shard.gradient += scratch.block_gradient;
}

void NetworkTrainer::RunShard(const ShardPlace& place, const TrainedNetwork& net,
                              const SampleSequences& samples, const SampleInputs& inputs,
                              const SampleLoss& loss) {
  GradientShard& shard = shards_[place.shard];
  ForEachBlock(
      place, samples, inputs,
      [&](std::span<const int> block, const SequenceBatch& batch, Scratch& scratch, bool is_first) {
        const auto outputs = net.network.Forward(batch, scratch.workspace);
        auto gradient = scratch.output_gradient.leftCols(batch.inputs.cols());
        loss.Evaluate(block, outputs, gradient, shard.log_std_gradient, shard.sums);
        AddGradient(net, batch, gradient, scratch, is_first, shard);
      });
}

template <typename RunOne>
bool NetworkTrainer::RunAll(const SampleSequences& samples, WorkerPool& pool, RunOne&& run_one) {
  const int shards = ShardCount(samples);
  const ProcessGroup::Share share = pool.processes().OwnShare(shards);
  pool.ForEach(share.end - share.begin, [&](int i, int worker) {
    run_one(ShardPlace{share.begin + i, shards, worker});
  });
  return Reduce(shards, pool.processes());
}

bool NetworkTrainer::Gradient(const TrainedNetwork& net, const SampleSequences& samples,
                              const SampleInputs& inputs, const SampleLoss& loss,
                              WorkerPool& pool) {
  return RunAll(samples, pool,
                [&](const ShardPlace& place) { RunShard(place, net, samples, inputs, loss); });
}

bool NetworkTrainer::Measure(const TrainedNetwork& net, const SampleSequences& samples,
                             const SampleInputs& inputs, const SampleLoss& loss, WorkerPool& pool) {
  return RunAll(samples, pool, [&](const ShardPlace& place) {
    GradientShard& shard = shards_[place.shard];
    shard.gradient.setZero();
    ForEachBlock(place, samples, inputs,
                 [&](std::span<const int> block, const SequenceBatch& batch, Scratch& scratch,
                     bool /*is_first*/) {
                   const auto outputs = net.network.Forward(batch, scratch.workspace);
                   auto gradient = scratch.output_gradient.leftCols(batch.inputs.cols());
                   loss.Evaluate(block, outputs, gradient, shard.log_std_gradient, shard.sums);
                 });
    shard.log_std_gradient.setZero();
  });
}

bool NetworkTrainer::TangentGradient(const TrainedNetwork& net, const Eigen::VectorXf& direction,
                                     const SampleSequences& samples, const SampleInputs& inputs,
                                     const SampleLoss& loss, WorkerPool& pool) {
  return RunAll(samples, pool, [&](const ShardPlace& place) {
    GradientShard& shard = shards_[place.shard];
    ForEachBlock(place, samples, inputs,
                 [&](std::span<const int> block, const SequenceBatch& batch, Scratch& scratch,
                     bool is_first) {
                   net.network.Forward(batch, scratch.workspace);
                   const auto tangents = net.network.Tangent(batch, direction, scratch.workspace);
                   auto gradient = scratch.output_gradient.leftCols(batch.inputs.cols());
                   loss.Evaluate(block, tangents, gradient, shard.log_std_gradient, shard.sums);
                   AddGradient(net, batch, gradient, scratch, is_first, shard);
                 });
  });
}

void NetworkTrainer::AddUpOwnShards(ProcessGroup::Share share) {
  const int count = share.end - share.begin;
  for (int stride = 1; stride < count; stride *= 2) {
    for (int i = 0; i + stride < count; i += 2 * stride) {
      GradientShard& to = shards_[share.begin + i];
      const GradientShard& from = shards_[share.begin + i + stride];
      to.gradient += from.gradient;
      to.log_std_gradient += from.log_std_gradient;
      to.sums += from.sums;
    }
  }
}

bool NetworkTrainer::Reduce(int shards, ProcessGroup& processes) {
  const ProcessGroup::Share share = processes.OwnShare(shards);
  AddUpOwnShards(share);
  if (share.begin < share.end) {
    const GradientShard& total = shards_[share.begin];
    gradient_ = total.gradient;
    log_std_gradient_ = total.log_std_gradient;
    sums_ = total.sums;
  } else {
    gradient_.setZero();
    log_std_gradient_.setZero();
    sums_ = {};
  }
  processes.Sum(std::span(gradient_.data(), std::size_t(gradient_.size())));
  processes.Sum(std::span(log_std_gradient_.data(), std::size_t(log_std_gradient_.size())));
  std::array<double, 4> sums{sums_.loss, sums_.cost, sums_.kl, sums_.clipped};
  processes.Sum(sums);
  sums_ = {.loss = sums[0], .cost = sums[1], .kl = sums[2], .clipped = sums[3]};
  return std::isfinite(sums_.loss + sums_.cost + sums_.kl) && gradient_.allFinite() &&
         log_std_gradient_.allFinite();
}

void NetworkTrainer::Step(TrainedNetwork& net, double most_norm) {
  if (most_norm > 0.0) {
    const double norm =
        std::sqrt(double(gradient_.squaredNorm()) + double(log_std_gradient_.squaredNorm()));
    if (norm > most_norm) {
      gradient_ *= static_cast<float>(most_norm / norm);
      log_std_gradient_ *= static_cast<float>(most_norm / norm);
    }
  }
  net.adam.Step(net.network.mutable_parameters(), gradient_);
  if (net.log_std.size() > 0) net.log_std_adam.Step(net.log_std, log_std_gradient_);
}

}  // namespace lookout::agents
