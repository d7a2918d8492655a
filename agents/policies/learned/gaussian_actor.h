// The learned policy's networks: a Gaussian whose mean is a network of the observation and whose
// log standard deviation does not depend on it. A value; const use from any thread.
#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <optional>
#include <string>

#include "agents/learning/mlp.h"
#include "agents/learning/normaliser.h"
#include "agents/policies/policy.h"

namespace lookout::agents {

struct GaussianActor {
  std::string name;            // as the agent list shows it, without the iteration
  std::string environment_id;  // that it was trained in
  std::int64_t iteration = 0;
  Mlp mean;
  Eigen::VectorXf log_std;               // [action_dim]
  int action_repeat = 1;                 // steps for which each action is held
  std::optional<Normaliser> normaliser;  // of observations

  int observation_dim() const { return mean.input_dim(); }
  int action_dim() const { return static_cast<int>(log_std.size()); }

  // Fields "actor.*".
  void Encode(ArchiveWriter& writer) const;
  // Rejects sizes that do not fit the environment, through the reader.
  static GaussianActor Decode(ArchiveReader& reader, const sim::EnvironmentSpec& spec);
  // The environment's id alone, without knowing sizes.
  static std::string DecodeEnvironment(ArchiveReader& reader);
};

// log N(action; mean, exp(log_std)^2), summed over components; all [action_dim].
float GaussianLogProbability(const Eigen::Ref<const Eigen::VectorXf>& action,
                             const Eigen::Ref<const Eigen::VectorXf>& mean,
                             const Eigen::Ref<const Eigen::VectorXf>& log_std);

// KL(N(mean, exp(log_std)^2) || N(old_mean, exp(old_log_std)^2)), summed over components.
float GaussianKl(const Eigen::Ref<const Eigen::VectorXf>& mean,
                 const Eigen::Ref<const Eigen::VectorXf>& log_std,
                 const Eigen::Ref<const Eigen::VectorXf>& old_mean,
                 const Eigen::Ref<const Eigen::VectorXf>& old_log_std);

// Differential entropy, summed over components.
double GaussianEntropy(const Eigen::VectorXf& log_std);

// Samples actions, or takes the mean if deterministic.
PolicyPtr MakeGaussianPolicy(GaussianActor actor, bool deterministic);

// A policy file's bytes, and back.
std::string EncodePolicyFile(const GaussianActor& actor);
inline constexpr std::string_view kPolicyKind = "policy";
inline constexpr std::uint32_t kPolicyVersion = 2;

}  // namespace lookout::agents
