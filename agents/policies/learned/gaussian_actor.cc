#include "agents/policies/learned/gaussian_actor.h"

#include <cmath>

namespace lookout::agents {
namespace {

constexpr float kHalfLogTwoPi = 0.918938533F;
// Beyond these a Gaussian in float32 has no usable density.
constexpr float kMostLogStd = 20.0F;
constexpr std::size_t kMostNameBytes = 100;
constexpr std::size_t kMostEnvironmentBytes = 200;

class GaussianMemory : public PolicyMemory {
 public:
  explicit GaussianMemory(const GaussianActor& actor)
      : observation(actor.observation_dim(), 1), workspace(actor.mean, 1) {}
  Eigen::MatrixXf observation;
  MlpWorkspace workspace;
};

class GaussianPolicy : public Policy {
 public:
  GaussianPolicy(GaussianActor actor, bool deterministic)
      : actor_(std::move(actor)), deterministic_(deterministic) {}

  std::string name() const override {
    return actor_.name + ", iteration " + std::to_string(actor_.iteration);
  }
  std::int64_t version() const override { return actor_.iteration; }
  int action_repeat() const override { return actor_.action_repeat; }
  std::unique_ptr<PolicyMemory> NewMemory() const override {
    return std::make_unique<GaussianMemory>(actor_);
  }

  void Act(const Eigen::VectorXd& observation, PolicyMemory& memory, RandomState& random,
           Eigen::VectorXd& action) const override {
    auto& own = dynamic_cast<GaussianMemory&>(memory);
    own.observation.col(0) = observation.cast<float>();
    if (actor_.normaliser) actor_.normaliser->Apply(own.observation);
    action = actor_.mean.Forward(own.observation, own.workspace).col(0).cast<double>();
    if (deterministic_) return;
    for (Eigen::Index i = 0; i < action.size(); ++i) {
      action[i] += std::exp(double(actor_.log_std[i])) * random.Normal();
    }
  }

 private:
  GaussianActor actor_;
  bool deterministic_;
};

}  // namespace

void GaussianActor::Encode(ArchiveWriter& writer) const {
  writer.Text("actor.name", name);
  writer.Text("actor.environment", environment_id);
  writer.Integer("actor.iteration", iteration);
  writer.Integer("actor.observation_dim", observation_dim());
  writer.Integer("actor.action_dim", action_dim());
  mean.Encode(writer, "actor.mean");
  writer.Floats("actor.log_std", {log_std.data(), std::size_t(log_std.size())});
  writer.Integer("actor.action_repeat", action_repeat);
  writer.Integer("actor.normalises", normaliser ? 1 : 0);
  if (normaliser) normaliser->Encode(writer, "actor.normaliser");
}

std::string GaussianActor::DecodeEnvironment(ArchiveReader& reader) {
  return reader.Text("actor.environment", kMostEnvironmentBytes);
}

GaussianActor GaussianActor::Decode(ArchiveReader& reader, const sim::EnvironmentSpec& spec) {
  GaussianActor actor;
  actor.name = reader.Text("actor.name", kMostNameBytes);
  actor.environment_id = reader.Text("actor.environment", kMostEnvironmentBytes);
  actor.iteration = reader.Integer("actor.iteration", 0, 1'000'000'000);
  (void)reader.Integer("actor.observation_dim", spec.observation_dim, spec.observation_dim);
  (void)reader.Integer("actor.action_dim", spec.action_dim, spec.action_dim);
  actor.mean = Mlp::Decode(reader, "actor.mean");
  if (reader.ok() && (actor.mean.input_dim() != spec.observation_dim ||
                      actor.mean.output_dim() != spec.action_dim)) {
    reader.Reject("the policy network maps " + std::to_string(actor.mean.input_dim()) + " to " +
                  std::to_string(actor.mean.output_dim()) + " values, expected " +
                  std::to_string(spec.observation_dim) + " to " + std::to_string(spec.action_dim) +
                  ".");
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

PolicyPtr MakeGaussianPolicy(GaussianActor actor, bool deterministic) {
  return std::make_shared<GaussianPolicy>(std::move(actor), deterministic);
}

std::string EncodePolicyFile(const GaussianActor& actor) {
  ArchiveWriter writer(kPolicyKind, kPolicyVersion);
  actor.Encode(writer);
  return writer.Finish();
}

}  // namespace lookout::agents
