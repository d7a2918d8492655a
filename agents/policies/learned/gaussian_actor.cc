#include "agents/policies/learned/gaussian_actor.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "agents/policies/attentive_policy.h"

namespace lookout::agents {
namespace {

constexpr float kHalfLogTwoPi = 0.918938533F;
// Beyond these a Gaussian in float32 has no usable density.
constexpr float kMostLogStd = 20.0F;
constexpr std::size_t kMostNameBytes = 100;
constexpr std::size_t kMostEnvironmentBytes = 200;
constexpr std::size_t kMostActionBytes = 1 << 14;
constexpr std::size_t kMostConfigurationBytes = 1 << 20;

class GaussianMemory : public PolicyMemory {
 public:
  explicit GaussianMemory(const GaussianActor& actor)
      : observation(actor.observation_dim(), 1),
        state(Eigen::MatrixXf::Zero(actor.mean.state_dim(), 1)),
        next_state(state),
        workspace(actor.mean, 1) {}
  Eigen::MatrixXf observation;
  bool acted = false;
  Eigen::MatrixXf state, next_state;  // of the network, from step to step
  SequenceWorkspace workspace;
};

class GaussianPolicy : public AttentivePolicy {
 public:
  GaussianPolicy(GaussianActor actor, bool deterministic, std::shared_ptr<const Critics> critics)
      : actor_(std::move(actor)), deterministic_(deterministic), critics_(std::move(critics)) {}

  const GaussianActor& actor() const { return actor_; }
  const Critics* critics() const { return critics_.get(); }

  std::string name() const override {
    return fmt::format("{}, iteration {}", actor_.name, actor_.iteration);
  }
  std::int64_t version() const override { return actor_.iteration; }
  int action_repeat() const override { return actor_.action_repeat; }
  bool has_memory() const override { return actor_.mean.has_memory(); }
  std::unique_ptr<PolicyMemory> NewMemory() const override {
    return std::make_unique<GaussianMemory>(actor_);
  }

  void Act(const Eigen::VectorXd& observation, PolicyMemory& memory, RandomState& random,
           Eigen::VectorXd& action) const override {
    auto& own = dynamic_cast<GaussianMemory&>(memory);
    own.observation.col(0) = observation.cast<float>();
    if (actor_.normaliser) actor_.normaliser->Apply(own.observation);
    const SequenceBatch step{own.observation, {}, own.state};
    const auto mean = actor_.mean.Forward(step, own.workspace);
    action = mean.col(0).cast<double>();
    actor_.mean.StateAfter(step, own.workspace, 0, own.next_state.col(0));
    own.state.swap(own.next_state);
    own.acted = true;
    if (deterministic_) return;
    for (Eigen::Index i = 0; i < action.size(); ++i) {
      action[i] += std::exp(double(actor_.log_std[i])) * random.Normal();
    }
  }

  // Computes the last step again: what it remembered before is still there.
  Attention AttentionOf(const PolicyMemory& memory) const override {
    const auto& own = dynamic_cast<const GaussianMemory&>(memory);
    const TransformerNetwork* const network = actor_.mean.transformer();
    if (network == nullptr || !own.acted) return {};
    const TransformerSizes& sizes = network->sizes();
    TransformerWorkspace workspace(*network, 1);
    network->Forward({own.observation, {}, own.next_state}, workspace);
    const auto seen = 1 + static_cast<Eigen::Index>(own.next_state(network->state_dim() - 1, 0));
    Attention attention{.layers = sizes.layers,
                        .weights = Eigen::MatrixXf(sizes.layers * sizes.heads, seen)};
    for (int layer = 0; layer < sizes.layers; ++layer) {
      attention.weights.middleRows(layer * sizes.heads, sizes.heads) =
          network->AttentionOf(workspace, layer, 0).rightCols(seen);
    }
    return attention;
  }

 private:
  GaussianActor actor_;
  bool deterministic_;
  std::shared_ptr<const Critics> critics_;
};

std::string Joined(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text += line + "\n";
  return text;
}

std::vector<std::string> Lines(std::string_view text) {
  std::vector<std::string> lines;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    lines.emplace_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return lines;
}

void EncodeOrigin(const PolicyOrigin& origin, ArchiveWriter& writer) {
  writer.Text("actor.environment", origin.environment_id);
  if (origin.signature.empty()) return;
  writer.Text("actor.signature", origin.signature.Text());
  writer.Text("actor.action_meaning", Joined(origin.action_meaning));
  writer.Text("actor.configuration", origin.configuration);
}

// Sizes that are told where the signature is not known.
void CheckSizes(ArchiveReader& reader, const PolicyOrigin& origin,
                const sim::EnvironmentSpec& spec) {
  const auto check = [&](std::string_view field, std::string_view what, int expected) {
    const std::int64_t found = reader.Integer(field, 1, sim::ObservationSignature::kMostValues);
    if (!reader.ok() || found == expected) return;
    reader.Reject(
        fmt::format("it was trained in {} and does not fit {}: {} has {} values, expected {}.",
                    sim::ShortEnvironmentName(origin.environment_id),
                    sim::ShortEnvironmentName(spec.id), what, found, expected));
  };
  check("actor.observation_dim", "its observation", spec.observation_dim);
  check("actor.action_dim", "its action", spec.action_dim);
}

}  // namespace

PolicyOrigin PolicyOrigin::Of(const sim::EnvironmentSpec& spec) {
  return {spec.id, spec.signature(), spec.action_meaning, spec.configuration};
}

Status PolicyOrigin::CheckFits(const sim::EnvironmentSpec& spec, std::string_view policy) const {
  if (signature.empty()) return {};
  const sim::ObservationSignature expected = spec.signature();
  const bool acts_otherwise =
      !action_meaning.empty() && std::ssize(action_meaning) != spec.action_dim;
  if (signature == expected && !acts_otherwise) return {};
  const std::string difference =
      signature == expected ? fmt::format("its action has {} values, expected {}",
                                          action_meaning.size(), spec.action_dim)
                            : "its observation " + SignatureDifference(signature, expected);
  return BadInput(std::string(policy) + " was trained in " +
                  std::string(sim::ShortEnvironmentName(environment_id)) + " and does not fit " +
                  std::string(sim::ShortEnvironmentName(spec.id)) + ": " + difference + ".");
}

void GaussianActor::Encode(ArchiveWriter& writer) const {
  writer.Text("actor.name", name);
  EncodeOrigin(origin, writer);
  writer.Integer("actor.iteration", iteration);
  writer.Integer("actor.observation_dim", observation_dim());
  writer.Integer("actor.action_dim", action_dim());
  mean.Encode(writer, "actor.mean");
  writer.Floats("actor.log_std", {log_std.data(), std::size_t(log_std.size())});
  writer.Integer("actor.action_repeat", action_repeat);
  writer.Integer("actor.normalises", normaliser ? 1 : 0);
  if (normaliser) normaliser->Encode(writer, "actor.normaliser");
}

PolicyOrigin GaussianActor::DecodeOrigin(ArchiveReader& reader) {
  PolicyOrigin origin;
  origin.environment_id = reader.Text("actor.environment", kMostEnvironmentBytes);
  if (!reader.Has("actor.signature")) return origin;
  const std::string text =
      reader.Text("actor.signature", sim::ObservationSignature::kMostTextBytes);
  origin.action_meaning = Lines(reader.Text("actor.action_meaning", kMostActionBytes));
  origin.configuration = reader.Text("actor.configuration", kMostConfigurationBytes);
  auto signature = sim::ObservationSignature::FromText(text);
  if (signature.ok()) {
    origin.signature = std::move(*signature);
  } else {
    reader.Reject(signature.error().message);
  }
  return origin;
}

GaussianActor GaussianActor::Decode(ArchiveReader& reader, const sim::EnvironmentSpec& spec) {
  GaussianActor actor;
  actor.name = reader.Text("actor.name", kMostNameBytes);
  actor.origin = DecodeOrigin(reader);
  const Status fits = actor.origin.CheckFits(spec, "it");
  if (reader.ok() && !fits.ok()) reader.Reject(fits.error().message);
  actor.iteration = reader.Integer("actor.iteration", 0, 1'000'000'000);
  CheckSizes(reader, actor.origin, spec);
  actor.mean = SequenceNetwork::Decode(reader, "actor.mean");
  if (reader.ok() && (actor.mean.input_dim() != spec.observation_dim ||
                      actor.mean.output_dim() != spec.action_dim)) {
    reader.Reject(fmt::format("the policy network maps {} to {} values, expected {} to {}.",
                              actor.mean.input_dim(), actor.mean.output_dim(), spec.observation_dim,
                              spec.action_dim));
  }
  actor.log_std = reader.Floats("actor.log_std", spec.action_dim);
  if (reader.ok() && actor.log_std.cwiseAbs().maxCoeff() > kMostLogStd) {
    reader.Reject("field 'actor.log_std' is beyond +-20.");
  }
  actor.action_repeat = static_cast<int>(reader.Integer("actor.action_repeat", 1, 1000));
  if (reader.Integer("actor.normalises", 0, 1) == 1) {
    actor.normaliser = Normaliser::Decode(reader, "actor.normaliser", spec.observation_dim);
  }
  return actor;
}

float GaussianLogProbability(const Eigen::Ref<const Eigen::VectorXf>& action,
                             const Eigen::Ref<const Eigen::VectorXf>& mean,
                             const Eigen::Ref<const Eigen::VectorXf>& log_std) {
  float sum = 0.0F;
  for (Eigen::Index i = 0; i < action.size(); ++i) {
    const float z = (action[i] - mean[i]) * std::exp(-log_std[i]);
    sum -= 0.5F * z * z + log_std[i] + kHalfLogTwoPi;
  }
  return sum;
}

float GaussianKl(const Eigen::Ref<const Eigen::VectorXf>& mean,
                 const Eigen::Ref<const Eigen::VectorXf>& log_std,
                 const Eigen::Ref<const Eigen::VectorXf>& old_mean,
                 const Eigen::Ref<const Eigen::VectorXf>& old_log_std) {
  float sum = 0.0F;
  for (Eigen::Index i = 0; i < mean.size(); ++i) {
    const float old_precision = std::exp(-2.0F * old_log_std[i]);
    const float difference = mean[i] - old_mean[i];
    const float variance = std::exp(2.0F * log_std[i]);
    sum += 0.5F * ((variance + difference * difference) * old_precision - 1.0F) + old_log_std[i] -
           log_std[i];
  }
  return sum;
}

double GaussianEntropy(const Eigen::VectorXf& log_std) {
  constexpr double kHalfLogTwoPiE = 0.5 * (1.0 + 1.8378770664093453);
  return double(log_std.sum()) + kHalfLogTwoPiE * double(log_std.size());
}

PolicyPtr MakeGaussianPolicy(GaussianActor actor, bool deterministic,
                             std::shared_ptr<const Critics> critics) {
  return std::make_shared<GaussianPolicy>(std::move(actor), deterministic, std::move(critics));
}

const GaussianActor* ActorOf(const Policy& policy) {
  const auto* const learned = dynamic_cast<const GaussianPolicy*>(&policy);
  return learned != nullptr ? &learned->actor() : nullptr;
}

const Critics* CriticsOf(const Policy& policy) {
  const auto* const learned = dynamic_cast<const GaussianPolicy*>(&policy);
  return learned != nullptr ? learned->critics() : nullptr;
}

std::string EncodePolicyFile(const GaussianActor& actor) {
  const bool knows_origin = !actor.origin.signature.empty();
  ArchiveWriter writer(kPolicyKind, knows_origin ? kPolicyVersion : kPolicyVersionWithoutOrigin);
  actor.Encode(writer);
  return writer.Finish();
}

}  // namespace lookout::agents
