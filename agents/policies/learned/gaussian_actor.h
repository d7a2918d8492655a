// The learned policy's networks: a Gaussian whose mean is a network of the observation, and of what
// it remembers of the episode, and whose log standard deviation does not depend on either. A value;
// const use from any thread.
#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "agents/learning/normaliser.h"
#include "agents/learning/sequence_network.h"
#include "agents/policies/learned/critics.h"
#include "agents/policies/policy.h"
#include "sim/base/result.h"
#include "sim/environment/environment.h"
#include "sim/environment/observation_signature.h"

namespace lookout::agents {

// Where a policy was trained: all that somebody who has only its file must know to play it. What
// files of earlier versions do not say is empty.
struct PolicyOrigin {
  std::string environment_id;
  sim::ObservationSignature signature;      // of what it observes
  std::vector<std::string> action_meaning;  // a text for each component of an action
  std::string configuration;                // of the environment, see sim::EnvironmentSpec

  static PolicyOrigin Of(const sim::EnvironmentSpec& spec);
  // Rejects (kBadInput) an environment whose observation or action is another one, in a sentence
  // that begins with `policy`, the name of who is to act there, and names the entries that differ.
  // Of a policy without a signature nothing is known.
  Status CheckFits(const sim::EnvironmentSpec& spec, std::string_view policy) const;
};

struct GaussianActor {
  std::string name;  // as the agent list shows it, without the iteration
  PolicyOrigin origin;
  std::int64_t iteration = 0;
  SequenceNetwork mean;
  Eigen::VectorXf log_std;               // [action_dim]
  int action_repeat = 1;                 // steps for which each action is held
  std::optional<Normaliser> normaliser;  // of observations

  int observation_dim() const { return mean.input_dim(); }
  int action_dim() const { return static_cast<int>(log_std.size()); }

  // Fields "actor.*".
  void Encode(ArchiveWriter& writer) const;
  // Rejects, through the reader, an actor of another observation than the environment's, naming
  // the entries that differ, and sizes that do not fit.
  static GaussianActor Decode(ArchiveReader& reader, const sim::EnvironmentSpec& spec);
  // The origin alone, without knowing sizes.
  static PolicyOrigin DecodeOrigin(ArchiveReader& reader);
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

// Samples actions, or takes the mean if deterministic. critics: what it learned with, for whoever
// asks what it expects; acting does not need them. Null: not known.
PolicyPtr MakeGaussianPolicy(GaussianActor actor, bool deterministic,
                             std::shared_ptr<const Critics> critics = nullptr);
// The networks of a policy that was made so, for as long as that lives; null of any other policy.
const GaussianActor* ActorOf(const Policy& policy);
// Its critics; null: not known.
const Critics* CriticsOf(const Policy& policy);

// A policy file's bytes: of version 2 if its origin does not say what it observes.
std::string EncodePolicyFile(const GaussianActor& actor);
inline constexpr std::string_view kPolicyKind = "policy";
inline constexpr std::uint32_t kPolicyVersion = 3;
inline constexpr std::uint32_t kPolicyVersionWithoutOrigin = 2;

}  // namespace lookout::agents
