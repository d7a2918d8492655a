#include "agents/rl/network_trainer.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <string>

namespace lookout::agents {
namespace {

constexpr int kMostLanes = 16;
constexpr int kLeastLaneColumns = 128;  // fewer make the matrix products inefficient

// The i-th of n nearly equal parts of the columns.
std::span<const int> Part(std::span<const int> columns, int i, int n) {
  const std::size_t begin = columns.size() * i / n;
  const std::size_t end = columns.size() * (i + 1) / n;
  return columns.subspan(begin, end - begin);
}

}  // namespace

TrainedNetwork::TrainedNetwork(Mlp mlp, Eigen::VectorXf extra_parameters, double learning_rate)
    : network(std::move(mlp)),
      extra(std::move(extra_parameters)),
      adam(network.parameter_count(), {.learning_rate = learning_rate}),
      extra_adam(static_cast<int>(extra.size()), {.learning_rate = learning_rate}) {}

void TrainedNetwork::set_learning_rate(double learning_rate) {
  adam.set_learning_rate(learning_rate);
  extra_adam.set_learning_rate(learning_rate);
}

void TrainedNetwork::Encode(ArchiveWriter& writer, std::string_view name, bool with_network) const {
  const std::string prefix(name);
  if (with_network) network.Encode(writer, prefix);
  adam.Encode(writer, prefix + ".adam");
  extra_adam.Encode(writer, prefix + ".extra_adam");
}

void TrainedNetwork::Decode(ArchiveReader& reader, std::string_view name, bool with_network) {
  const std::string prefix(name);
  if (with_network) {
    Mlp found = Mlp::Decode(reader, prefix);
    if (reader.ok() && found.layer_sizes() != network.layer_sizes()) {
      reader.Refuse("network '" + prefix + "' has layers of " + found.SizesText() +
                    " neurons, expected " + network.SizesText() + ".");
    }
    if (reader.ok()) network = std::move(found);
  }
  adam.Decode(reader, prefix + ".adam");
  extra_adam.Decode(reader, prefix + ".extra_adam");
}

NetworkTrainer::NetworkTrainer(const TrainedNetwork& shape, int workers)
    : lanes_(kMostLanes), scratch_(workers) {
  const Mlp& mlp = shape.network;
  for (Lane& lane : lanes_) {
    lane.gradient.setZero(mlp.parameter_count());
    lane.extra_gradient.setZero(shape.extra.size());
  }
  for (Scratch& scratch : scratch_) {
    scratch.workspace = MlpWorkspace(mlp, kColumnBlock);
    scratch.inputs.setZero(mlp.input_dim(), kColumnBlock);
    scratch.output_gradient.setZero(mlp.output_dim(), kColumnBlock);
    scratch.block_gradient.setZero(mlp.parameter_count());
  }
  gradient_.setZero(mlp.parameter_count());
  extra_gradient_.setZero(shape.extra.size());
}

int NetworkTrainer::LaneCount(int columns) {
  const auto worthwhile = static_cast<unsigned>(columns / kLeastLaneColumns);
  return static_cast<int>(std::bit_floor(std::clamp(worthwhile, 1U, unsigned{kMostLanes})));
}

template <typename Block>
void NetworkTrainer::ForEachBlock(const LanePlace& place, std::span<const int> columns,
                                  const Eigen::MatrixXf& observations, Block&& block) {
  Lane& lane = lanes_[place.lane];
  lane.sums = {};
  lane.extra_gradient.setZero();
  Scratch& scratch = scratch_[place.worker];
  const std::span<const int> share = Part(columns, place.lane, place.lanes);
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
                                 bool is_first, Lane& lane) {
  Eigen::VectorXf& target = is_first ? lane.gradient : scratch.block_gradient;
  net.network.Backward(inputs, output_gradient, scratch.workspace, target);
  if (!is_first) lane.gradient += scratch.block_gradient;
}

void NetworkTrainer::RunLane(const LanePlace& place, const TrainedNetwork& net,
                             std::span<const int> columns, const Eigen::MatrixXf& observations,
                             const ColumnLoss& loss) {
  Lane& lane = lanes_[place.lane];
  ForEachBlock(
      place, columns, observations,
      [&](std::span<const int> block, const Mlp::Inputs& inputs, Scratch& scratch, bool is_first) {
        const Mlp::Outputs outputs = net.network.Forward(inputs, scratch.workspace);
        auto gradient = scratch.output_gradient.leftCols(inputs.cols());
        loss.Evaluate(block, outputs, gradient, lane.extra_gradient, lane.sums);
        AddGradient(net, inputs, gradient, scratch, is_first, lane);
      });
}

template <typename RunOne>
bool NetworkTrainer::RunAll(std::span<const int> columns, WorkerPool& pool, RunOne&& run_one) {
  const int lanes = LaneCount(static_cast<int>(columns.size()));
  const ProcessGroup::Share share = pool.processes().OwnShare(lanes);
  pool.ForEach(share.end - share.begin, [&](int i, int worker) {
    run_one(LanePlace{share.begin + i, lanes, worker});
  });
  return Reduce(lanes, pool.processes());
}

bool NetworkTrainer::Gradient(const TrainedNetwork& net, std::span<const int> columns,
                              const Eigen::MatrixXf& observations, const ColumnLoss& loss,
                              WorkerPool& pool) {
  return RunAll(columns, pool,
                [&](const LanePlace& place) { RunLane(place, net, columns, observations, loss); });
}

bool NetworkTrainer::Measure(const TrainedNetwork& net, std::span<const int> columns,
                             const Eigen::MatrixXf& observations, const ColumnLoss& loss,
                             WorkerPool& pool) {
  return RunAll(columns, pool, [&](const LanePlace& place) {
    Lane& lane = lanes_[place.lane];
    lane.gradient.setZero();
    ForEachBlock(place, columns, observations,
                 [&](std::span<const int> block, const Mlp::Inputs& inputs, Scratch& scratch,
                     bool /*is_first*/) {
                   const Mlp::Outputs outputs = net.network.Forward(inputs, scratch.workspace);
                   auto gradient = scratch.output_gradient.leftCols(inputs.cols());
                   loss.Evaluate(block, outputs, gradient, lane.extra_gradient, lane.sums);
                 });
    lane.extra_gradient.setZero();
  });
}

bool NetworkTrainer::TangentGradient(const TrainedNetwork& net, const Eigen::VectorXf& direction,
                                     std::span<const int> columns,
                                     const Eigen::MatrixXf& observations, const ColumnLoss& loss,
                                     WorkerPool& pool) {
  return RunAll(columns, pool, [&](const LanePlace& place) {
    Lane& lane = lanes_[place.lane];
    ForEachBlock(place, columns, observations,
                 [&](std::span<const int> block, const Mlp::Inputs& inputs, Scratch& scratch,
                     bool is_first) {
                   net.network.Forward(inputs, scratch.workspace);
                   const Mlp::Outputs tangents =
                       net.network.Tangent(inputs, direction, scratch.workspace);
                   auto gradient = scratch.output_gradient.leftCols(inputs.cols());
                   loss.Evaluate(block, tangents, gradient, lane.extra_gradient, lane.sums);
                   AddGradient(net, inputs, gradient, scratch, is_first, lane);
                 });
  });
}

void NetworkTrainer::AddUpOwnLanes(ProcessGroup::Share share) {
  const int count = share.end - share.begin;
  for (int stride = 1; stride < count; stride *= 2) {
    for (int i = 0; i + stride < count; i += 2 * stride) {
      Lane& to = lanes_[share.begin + i];
      const Lane& from = lanes_[share.begin + i + stride];
      to.gradient += from.gradient;
      to.extra_gradient += from.extra_gradient;
      to.sums += from.sums;
    }
  }
}

bool NetworkTrainer::Reduce(int lanes, ProcessGroup& processes) {
  const ProcessGroup::Share share = processes.OwnShare(lanes);
  AddUpOwnLanes(share);
  if (share.begin < share.end) {
    const Lane& total = lanes_[share.begin];
    gradient_ = total.gradient;
    extra_gradient_ = total.extra_gradient;
    sums_ = total.sums;
  } else {
    gradient_.setZero();
    extra_gradient_.setZero();
    sums_ = {};
  }
  processes.Sum(std::span(gradient_.data(), std::size_t(gradient_.size())));
  processes.Sum(std::span(extra_gradient_.data(), std::size_t(extra_gradient_.size())));
  std::array<double, 4> sums{sums_.loss, sums_.cost, sums_.kl, sums_.clipped};
  processes.Sum(sums);
  sums_ = {.loss = sums[0], .cost = sums[1], .kl = sums[2], .clipped = sums[3]};
  return std::isfinite(sums_.loss + sums_.cost + sums_.kl) && gradient_.allFinite() &&
         extra_gradient_.allFinite();
}

void NetworkTrainer::Step(TrainedNetwork& net, double most_norm) {
  const double norm =
      std::sqrt(double(gradient_.squaredNorm()) + double(extra_gradient_.squaredNorm()));
  if (most_norm > 0.0 && norm > most_norm) {
    gradient_ *= static_cast<float>(most_norm / norm);
    extra_gradient_ *= static_cast<float>(most_norm / norm);
  }
  net.adam.Step(net.network.mutable_parameters(), gradient_);
  if (net.extra.size() > 0) net.extra_adam.Step(net.extra, extra_gradient_);
}

}  // namespace lookout::agents
