#include "agents/learning/sequence_network.h"

#include "sim/base/check.h"

namespace lookout::agents {
namespace {

// What is asked of either network.
struct StateDim {
  int operator()(const Mlp& /*network*/) const { return 0; }
  int operator()(const GruNetwork& network) const { return network.state_dim(); }
};

template <typename Workspace, typename Kinds>
auto& Own(Kinds& kinds) {
  auto* const own = std::get_if<Workspace>(&kinds);
  LOOKOUT_CHECK(own != nullptr, "a workspace of another kind of network");
  return *own;
}

}  // namespace

SequenceWorkspace::SequenceWorkspace(const SequenceNetwork& network, int max_columns)
    : no_states_(0, max_columns) {
  if (const Mlp* const mlp = network.mlp()) {
    kind_ = MlpWorkspace(*mlp, max_columns);
  } else {
    kind_ = GruWorkspace(std::get<GruNetwork>(network.kind_), max_columns);
  }
}

int SequenceNetwork::input_dim() const {
  return std::visit([](const auto& network) { return network.input_dim(); }, kind_);
}

int SequenceNetwork::output_dim() const {
  return std::visit([](const auto& network) { return network.output_dim(); }, kind_);
}

int SequenceNetwork::state_dim() const { return std::visit(StateDim{}, kind_); }

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
  if (const Mlp* const own = mlp()) {
    return own->Forward(batch.inputs, Own<MlpWorkspace>(workspace.kind_));
  }
  return std::get<GruNetwork>(kind_).Forward(batch, Own<GruWorkspace>(workspace.kind_));
}

SequenceNetwork::Outputs SequenceNetwork::States(const SequenceWorkspace& workspace,
                                                 Eigen::Index columns) const {
  if (mlp() != nullptr) return workspace.no_states_.leftCols(columns);
  return GruNetwork::States(Own<GruWorkspace>(workspace.kind_), columns);
}

void SequenceNetwork::Backward(const SequenceBatch& batch, const Inputs& output_gradient,
                               SequenceWorkspace& workspace,
                               Eigen::Ref<Eigen::VectorXf> parameter_gradient) const {
  if (const Mlp* const own = mlp()) {
    own->Backward(batch.inputs, output_gradient, Own<MlpWorkspace>(workspace.kind_),
                  parameter_gradient);
    return;
  }
  std::get<GruNetwork>(kind_).Backward(batch, output_gradient, Own<GruWorkspace>(workspace.kind_),
                                       parameter_gradient);
}

SequenceNetwork::Outputs SequenceNetwork::Tangent(
    const SequenceBatch& batch, const Eigen::Ref<const Eigen::VectorXf>& direction,
    SequenceWorkspace& workspace) const {
  if (const Mlp* const own = mlp()) {
    return own->Tangent(batch.inputs, direction, Own<MlpWorkspace>(workspace.kind_));
  }
  return std::get<GruNetwork>(kind_).Tangent(batch, direction, Own<GruWorkspace>(workspace.kind_));
}

void SequenceNetwork::Encode(ArchiveWriter& writer, std::string_view name) const {
  std::visit([&](const auto& network) { network.Encode(writer, name); }, kind_);
}

SequenceNetwork SequenceNetwork::Decode(ArchiveReader& reader, std::string_view name) {
  if (reader.Has(std::string(name) + ".gru_sizes")) return GruNetwork::Decode(reader, name);
  return Mlp::Decode(reader, name);
}

}  // namespace lookout::agents
