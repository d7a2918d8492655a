#include "agents/learning/sequence_network.h"

#include <string>
#include <type_traits>

#include "sim/base/check.h"

namespace lookout::agents {
namespace {

// What each kind works in.
template <typename Network>
struct WorksIn;
template <>
struct WorksIn<Mlp> {
  using Type = MlpWorkspace;
};
template <>
struct WorksIn<StackedNetwork> {
  using Type = StackedWorkspace;
};
template <>
struct WorksIn<GruNetwork> {
  using Type = GruWorkspace;
};
template <>
struct WorksIn<TransformerNetwork> {
  using Type = TransformerWorkspace;
};
template <typename Network>
using WorkspaceOf = typename WorksIn<Network>::Type;

// What the network `kind` works in.
template <typename Network, typename Kinds>
auto& Own(const Network& /*kind*/, Kinds& kinds) {
  auto* const own = std::get_if<WorkspaceOf<Network>>(&kinds);
  LOOKOUT_CHECK(own != nullptr, "a workspace of another kind of network");
  return *own;
}

// A perceptron looks at the inputs alone.
const SequenceBatch::Matrix& WhatSees(const Mlp& /*network*/, const SequenceBatch& batch) {
  return batch.inputs;
}
template <typename Network>
const SequenceBatch& WhatSees(const Network& /*network*/, const SequenceBatch& batch) {
  return batch;
}

}  // namespace

SequenceWorkspace::SequenceWorkspace(const SequenceNetwork& network, int max_columns)
    : max_columns_(max_columns) {
  std::visit(
      [&](const auto& kind) {
        kind_ = WorkspaceOf<std::remove_cvref_t<decltype(kind)>>(kind, max_columns);
      },
      network.kind_);
}

int SequenceNetwork::input_dim() const {
  return std::visit([](const auto& network) { return network.input_dim(); }, kind_);
}

int SequenceNetwork::output_dim() const {
  return std::visit([](const auto& network) { return network.output_dim(); }, kind_);
}

int SequenceNetwork::state_dim() const {
  return std::visit(
      [](const auto& network) {
        if constexpr (requires { network.state_dim(); }) return network.state_dim();
        return 0;
      },
      kind_);
}

const Eigen::VectorXf& SequenceNetwork::parameters() const {
  return std::visit(
      [](const auto& network) -> const auto& { return network.parameters(); }, kind_);
}

Eigen::VectorXf& SequenceNetwork::mutable_parameters() {
  return std::visit(
      [](auto& network) -> auto& { return network.mutable_parameters(); }, kind_);
}

std::string SequenceNetwork::SizesText() const {
  return std::visit([](const auto& network) { return network.SizesText(); }, kind_);
}

SequenceNetwork::Outputs SequenceNetwork::Forward(const SequenceBatch& batch,
                                                  SequenceWorkspace& workspace) const {
  return std::visit(
      [&](const auto& network) {
        return network.Forward(WhatSees(network, batch), Own(network, workspace.kind_));
      },
      kind_);
}

void SequenceNetwork::StateAfter(const SequenceBatch& batch, const SequenceWorkspace& workspace,
                                 Eigen::Index column, Eigen::Ref<Eigen::VectorXf> state) const {
  if (const GruNetwork* const own = gru()) {
    state = GruNetwork::States(Own(*own, workspace.kind_), column + 1).col(column);
  } else if (const StackedNetwork* const stacks = stacked()) {
    stacks->StateAfter(Own(*stacks, workspace.kind_), column, state);
  } else if (const TransformerNetwork* const remembers = transformer()) {
    remembers->StateAfter(batch, Own(*remembers, workspace.kind_), column, state);
  }
}

void SequenceNetwork::Backward(const SequenceBatch& batch, const Inputs& output_gradient,
                               SequenceWorkspace& workspace,
                               Eigen::Ref<Eigen::VectorXf> parameter_gradient) const {
  std::visit(
      [&](const auto& network) {
        network.Backward(WhatSees(network, batch), output_gradient, Own(network, workspace.kind_),
                         parameter_gradient);
      },
      kind_);
}

SequenceNetwork::Outputs SequenceNetwork::Tangent(
    const SequenceBatch& batch, const Eigen::Ref<const Eigen::VectorXf>& direction,
    SequenceWorkspace& workspace) const {
  return std::visit(
      [&](const auto& network) {
        return network.Tangent(WhatSees(network, batch), direction, Own(network, workspace.kind_));
      },
      kind_);
}

void SequenceNetwork::Encode(ArchiveWriter& writer, std::string_view name) const {
  std::visit([&](const auto& network) { network.Encode(writer, name); }, kind_);
}

SequenceNetwork SequenceNetwork::Decode(ArchiveReader& reader, std::string_view name) {
  const std::string prefix(name);
  if (reader.Has(prefix + ".gru_sizes")) return GruNetwork::Decode(reader, name);
  if (reader.Has(prefix + ".stacked_frames")) return StackedNetwork::Decode(reader, name);
  if (reader.Has(prefix + ".transformer_sizes")) return TransformerNetwork::Decode(reader, name);
  return Mlp::Decode(reader, name);
}

}  // namespace lookout::agents
