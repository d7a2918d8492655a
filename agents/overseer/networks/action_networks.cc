#include "agents/overseer/networks/action_networks.h"

#include <fmt/format.h>

#include <array>
#include <utility>

#include "agents/feedback/transitions/transition.h"
#include "sim/base/check.h"

namespace lookout::agents {
namespace {

constexpr int kMostActionDim = 1 << 12;

sim::ObservationSignature ReadSignatureOf(ArchiveReader& reader) {
  const std::string text = reader.Text("signature", sim::ObservationSignature::kMostTextBytes);
  if (!reader.ok()) return {};
  auto signature = sim::ObservationSignature::FromText(text);
  if (!signature.ok()) {
    reader.Reject(signature.error().message);
    return {};
  }
  return std::move(*signature);
}

// Of files that lack it: kNearest, which was all there was.
LidarSight ReadLidars(ArchiveReader& reader) {
  if (!reader.ok() || !reader.Has("lidars")) return LidarSight::kNearest;
  const auto sight = ParseChoice<LidarSight>(reader.Text("lidars", 100), "sight of a lidar");
  if (sight.ok()) return *sight;
  reader.Reject(sight.error().message);
  return LidarSight::kNearest;
}

Mlp ReadMemberOf(const ActionNetworks& networks, int index, ArchiveReader& reader) {
  const std::string name = fmt::format("member{}", index);
  Mlp member = Mlp::Decode(reader, name);
  if (!reader.ok()) return member;
  const int wanted = networks.inputs.dim();
  if (member.input_dim() != wanted || member.output_dim() != 1) {
    reader.Reject(fmt::format("{} maps {} values to {}, expected {} values to 1.", name,
                              member.input_dim(), member.output_dim(), wanted));
  } else if (index > 0 && member.layer_sizes() != networks.members.front().layer_sizes()) {
    reader.Reject(fmt::format("{} has layers {}, expected {} like the first.", name,
                              member.SizesText(), networks.members.front().SizesText()));
  }
  return member;
}

}  // namespace

std::span<const Choice<LidarSight>> Choices(LidarSight /*kind*/) {
  static constexpr std::array<Choice<LidarSight>, 2> kChoices{
      {{LidarSight::kNearest, "nearest"}, {LidarSight::kBins, "bins"}}};
  return kChoices;
}

Result<ActionNetworks> ActionNetworks::For(const sim::ObservationSignature& signature,
                                           int action_dim, LidarSight lidars) {
  if (signature.empty() || action_dim < 1 || action_dim > kMostActionDim) {
    return BadInput(
        fmt::format("An observation of {} values and an action of {} are nothing to learn from; "
                    "name episodes that have both.",
                    signature.observation_dim(), action_dim));
  }
  std::vector<LidarInput> reduced;
  if (lidars == LidarSight::kNearest) reduced = LidarInputs(signature);
  auto inputs = CostInputs::Create(signature.observation_dim(), std::move(reduced), {},
                                   {.history = 0, .action_dim = action_dim});
  if (!inputs.ok()) return inputs.error();
  ActionNetworks networks;
  networks.signature = signature;
  networks.lidars = lidars;
  networks.inputs = std::move(*inputs);
  networks.normaliser = Normaliser(networks.inputs.dim());
  return networks;
}

Status ActionNetworks::CheckFits(const sim::EnvironmentSpec& spec, std::string_view what) const {
  if (const sim::ObservationSignature found = spec.signature(); !(found == signature)) {
    return BadInput(fmt::format("{} was fitted on another observation: {} {}. Fit one there.", what,
                                spec.id, sim::SignatureDifference(found, signature)));
  }
  if (spec.action_dim != action_dim()) {
    return BadInput(
        fmt::format("{} was fitted on actions of {} values, those of {} have {}. Fit one there.",
                    what, action_dim(), spec.id, spec.action_dim));
  }
  return {};
}

Eigen::MatrixXf ActionNetworks::NormalisedInputs(
    const Eigen::Ref<const Eigen::MatrixXf>& observations,
    const Eigen::Ref<const Eigen::MatrixXf>& actions) const {
  LOOKOUT_CHECK(observations.rows() == observation_dim() && actions.rows() == action_dim(),
                "rows of another observation or action");
  const Eigen::MatrixXf clipped = actions.cwiseMax(-1.0F).cwiseMin(1.0F);
  Eigen::MatrixXf out(inputs.dim(), observations.cols());
  inputs.Write(Transitions(observations, clipped, observations), out);
  normaliser.Apply(out);
  return out;
}

void ActionNetworks::Encode(ArchiveWriter& writer) const {
  writer.Text("signature", signature.Text());
  writer.Integer("action_dim", action_dim());
  writer.Text("lidars", ChoiceName(lidars));
  normaliser.Encode(writer, "normaliser");
  writer.Integer("members", std::ssize(members));
  for (std::size_t i = 0; i < members.size(); ++i) {
    members[i].Encode(writer, fmt::format("member{}", i));
  }
  support.Encode(writer, "support");
}

ActionNetworks ActionNetworks::Decode(ArchiveReader& reader) {
  const sim::ObservationSignature signature = ReadSignatureOf(reader);
  const auto action_dim = static_cast<int>(reader.Integer("action_dim", 1, kMostActionDim));
  const LidarSight lidars = ReadLidars(reader);
  if (!reader.ok()) return {};
  auto made = For(signature, action_dim, lidars);
  if (!made.ok()) {
    reader.Reject(made.error().message);
    return {};
  }
  ActionNetworks networks = std::move(*made);
  networks.normaliser = Normaliser::Decode(reader, "normaliser", networks.inputs.dim());
  const auto members = static_cast<int>(reader.Integer("members", 1, kMaxMembers));
  for (int i = 0; i < members && reader.ok(); ++i) {
    networks.members.push_back(ReadMemberOf(networks, i, reader));
  }
  networks.support = Support::Decode(reader, "support", networks.inputs.dim());
  if (!reader.ok()) networks.members.clear();
  return networks;
}

ActionScorer::ActionScorer(const ActionNetworks& networks, int most_actions)
    : networks_(&networks),
      workspace_(networks.members.front(), most_actions),
      observations_(networks.observation_dim(), most_actions),
      actions_(networks.action_dim(), most_actions),
      inputs_(networks.inputs.dim(), most_actions),
      logits_(networks.members.size(), most_actions) {}

Eigen::Ref<const Eigen::MatrixXf> ActionScorer::Logits(
    const Eigen::VectorXd& observation, const Eigen::Ref<const Eigen::MatrixXd>& actions) {
  const Eigen::Index n = actions.cols();
  LOOKOUT_CHECK(n >= 1 && n <= actions_.cols() && actions.rows() == actions_.rows() &&
                    observation.size() == observations_.rows(),
                "another observation or action, or too many");
  for (Eigen::Index i = 0; i < n; ++i) observations_.col(i) = observation.cast<float>();
  actions_.leftCols(n) = actions.cast<float>().cwiseMax(-1.0F).cwiseMin(1.0F);
  const auto seen = observations_.leftCols(n);
  auto inputs = inputs_.leftCols(n);
  networks_->inputs.Write(Transitions(seen, actions_.leftCols(n), seen), inputs);
  networks_->normaliser.Apply(inputs);
  for (std::size_t k = 0; k < networks_->members.size(); ++k) {
    logits_.row(static_cast<Eigen::Index>(k)).head(n) =
        networks_->members[k].Forward(inputs, workspace_);
  }
  return logits_.leftCols(n);
}

float ActionScorer::SupportOfFirst() const {
  return networks_->support.empty() ? 1.0F : networks_->support.ScoreOne(inputs_.col(0));
}

}  // namespace lookout::agents
