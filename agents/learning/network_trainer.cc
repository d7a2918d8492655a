#include "agents/learning/network_trainer.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <string>

namespace lookout::agents {
namespace {

constexpr int kMostShards = 16;
constexpr int kLeastShardSamples = 128;  // fewer make the matrix products inefficient

// The i-th of n nearly equal parts of the samples.
std::span<const int> Part(std::span<const int> samples, int i, int n) {
  const std::size_t begin = samples.size() * i / n;
  const std::size_t end = samples.size() * (i + 1) / n;
  return samples.subspan(begin, end - begin);
}

}  // namespace

TrainedNetwork::TrainedNetwork(Mlp mlp, Eigen::VectorXf log_std_parameters, double learning_rate)
    : network(std::move(mlp)),
      log_std(std::move(log_std_parameters)),
      adam(network.parameter_count(), {.learning_rate = learning_rate}),
      log_std_adam(static_cast<int>(log_std.size()), {.learning_rate = learning_rate}) {}

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
    Mlp found = Mlp::Decode(reader, prefix);
    if (reader.ok() && found.layer_sizes() != network.layer_sizes()) {
      reader.Reject("network '" + prefix + "' has layers of " + found.SizesText() +
                    " neurons, expected " + network.SizesText() + ".");
    }
    if (reader.ok()) network = std::move(found);
  }
  adam.Decode(reader, prefix + ".adam");
  log_std_adam.Decode(reader, prefix + ".extra_adam");
}

NetworkTrainer::NetworkTrainer(const TrainedNetwork& shape, int workers)
    : shards_(kMostShards), scratch_(workers) {
  const Mlp& mlp = shape.network;
  for (GradientShard& shard : shards_) {
    shard.gradient.setZero(mlp.parameter_count());
    shard.log_std_gradient.setZero(shape.log_std.size());
  }
  for (Scratch& scratch : scratch_) {
    scratch.workspace = MlpWorkspace(mlp, kColumnBlock);
    scratch.inputs.setZero(mlp.input_dim(), kColumnBlock);
    scratch.output_gradient.setZero(mlp.output_dim(), kColumnBlock);
    scratch.block_gradient.setZero(mlp.parameter_count());
  }
  gradient_.setZero(mlp.parameter_count());
  log_std_gradient_.setZero(shape.log_std.size());
}

int NetworkTrainer::ShardCount(int samples) {
  const auto worthwhile = static_cast<unsigned>(samples / kLeastShardSamples);
  return static_cast<int>(std::bit_floor(std::clamp(worthwhile, 1U, unsigned{kMostShards})));
}

template <typename Block>
void NetworkTrainer::ForEachBlock(const ShardPlace& place, std::span<const int> samples,
                                  const Eigen::MatrixXf& observations, Block&& block) {
  GradientShard& shard = shards_[place.shard];
  shard.sums = {};
  shard.log_std_gradient.setZero();
  Scratch& scratch = scratch_[place.worker];
  const std::span<const int> share = Part(samples, place.shard, place.shards);
  const int blocks = std::max<int>(1, (int(share.size()) + kColumnBlock - 1) / kColumnBlock);
  for (int b = 0; b < blocks; ++b) {
    const std::span<const int> part = Part(share, b, blocks);
    const auto n = static_cast<Eigen::Index>(part.size());
    for (Eigen::Index i = 0; i < n; ++i) scratch.inputs.col(i) = observations.col(part[i]);
    block(part, scratch.inputs.leftCols(n), scratch, b == 0);
  }
}

void NetworkTrainer::AddGradient(const TrainedNetwork& net, const Mlp::Inputs& inputs,
                                 const Mlp::Inputs& output_gradient, Scratch& scratch,
                                 bool is_first, GradientShard& shard) {
  Eigen::VectorXf& target = is_first ? shard.gradient : scratch.block_gradient;
  net.network.Backward(inputs, output_gradient, scratch.workspace, target);
  if (!is_first) shard.gradient += scratch.block_gradient;
}

void NetworkTrainer::RunShard(const ShardPlace& place, const TrainedNetwork& net,
                              std::span<const int> samples, const Eigen::MatrixXf& observations,
                              const SampleLoss& loss) {
  GradientShard& shard = shards_[place.shard];
  ForEachBlock(
      place, samples, observations,
      [&](std::span<const int> block, const Mlp::Inputs& inputs, Scratch& scratch, bool is_first) {
        const Mlp::Outputs outputs = net.network.Forward(inputs, scratch.workspace);
        auto gradient = scratch.output_gradient.leftCols(inputs.cols());
        loss.Evaluate(block, outputs, gradient, shard.log_std_gradient, shard.sums);
        AddGradient(net, inputs, gradient, scratch, is_first, shard);
      });
}

template <typename RunOne>
bool NetworkTrainer::RunAll(std::span<const int> samples, WorkerPool& pool, RunOne&& run_one) {
  const int shards = ShardCount(static_cast<int>(samples.size()));
  const ProcessGroup::Share share = pool.processes().OwnShare(shards);
  pool.ForEach(share.end - share.begin, [&](int i, int worker) {
    run_one(ShardPlace{share.begin + i, shards, worker});
  });
  return Reduce(shards, pool.processes());
}

bool NetworkTrainer::Gradient(const TrainedNetwork& net, std::span<const int> samples,
                              const Eigen::MatrixXf& observations, const SampleLoss& loss,
                              WorkerPool& pool) {
  return RunAll(samples, pool, [&](const ShardPlace& place) {
    RunShard(place, net, samples, observations, loss);
  });
}

bool NetworkTrainer::Measure(const TrainedNetwork& net, std::span<const int> samples,
                             const Eigen::MatrixXf& observations, const SampleLoss& loss,
                             WorkerPool& pool) {
  return RunAll(samples, pool, [&](const ShardPlace& place) {
    GradientShard& shard = shards_[place.shard];
    shard.gradient.setZero();
    ForEachBlock(place, samples, observations,
                 [&](std::span<const int> block, const Mlp::Inputs& inputs, Scratch& scratch,
                     bool /*is_first*/) {
                   const Mlp::Outputs outputs = net.network.Forward(inputs, scratch.workspace);
                   auto gradient = scratch.output_gradient.leftCols(inputs.cols());
                   loss.Evaluate(block, outputs, gradient, shard.log_std_gradient, shard.sums);
                 });
    shard.log_std_gradient.setZero();
  });
}

bool NetworkTrainer::TangentGradient(const TrainedNetwork& net, const Eigen::VectorXf& direction,
                                     std::span<const int> samples,
                                     const Eigen::MatrixXf& observations, const SampleLoss& loss,
                                     WorkerPool& pool) {
  return RunAll(samples, pool, [&](const ShardPlace& place) {
    GradientShard& shard = shards_[place.shard];
    ForEachBlock(place, samples, observations,
                 [&](std::span<const int> block, const Mlp::Inputs& inputs, Scratch& scratch,
                     bool is_first) {
                   net.network.Forward(inputs, scratch.workspace);
                   const Mlp::Outputs tangents =
                       net.network.Tangent(inputs, direction, scratch.workspace);
                   auto gradient = scratch.output_gradient.leftCols(inputs.cols());
                   loss.Evaluate(block, tangents, gradient, shard.log_std_gradient, shard.sums);
                   AddGradient(net, inputs, gradient, scratch, is_first, shard);
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
  const double norm =
      std::sqrt(double(gradient_.squaredNorm()) + double(log_std_gradient_.squaredNorm()));
  if (most_norm > 0.0 && norm > most_norm) {
    gradient_ *= static_cast<float>(most_norm / norm);
    log_std_gradient_ *= static_cast<float>(most_norm / norm);
  }
  net.adam.Step(net.network.mutable_parameters(), gradient_);
  if (net.log_std.size() > 0) net.log_std_adam.Step(net.log_std, log_std_gradient_);
}

}  // namespace lookout::agents
