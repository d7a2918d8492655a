// What learned overseers are made of: a few small networks that see an observation and the action
// proposed there. Immutable once fitted; any thread, each with its own ActionScorer.
#pragma once

#include <Eigen/Core>
#include <cmath>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "agents/feedback/models/cost_inputs.h"
#include "agents/feedback/models/support.h"
#include "agents/learning/archive.h"
#include "agents/learning/mlp.h"
#include "agents/learning/normaliser.h"
#include "sim/base/choices.h"
#include "sim/base/result.h"
#include "sim/environment/environment.h"

namespace lookout::agents {

// How a lidar is seen.
enum class LidarSight : std::uint8_t {
  kNearest,  // its nearest thing, in three values, see CostInputs
  kBins,     // as it is observed, bin by bin
};
std::span<const Choice<LidarSight>> Choices(LidarSight kind);

struct ActionNetworks {
  static constexpr int kMaxMembers = 16;

  sim::ObservationSignature signature;  // of what was observed
  LidarSight lidars = LidarSight::kNearest;
  CostInputs inputs;         // of the observation, lidars as said; and the action
  Normaliser normaliser;     // of the inputs
  std::vector<Mlp> members;  // one output each, a logit
  Support support;           // of the normalised inputs that they were fitted on

  int observation_dim() const { return inputs.observation_dim(); }
  int action_dim() const { return inputs.past().action_dim; }

  // Without members, for fitting. Rejects (kBadInput) a signature of nothing and more values than
  // there is room for.
  static Result<ActionNetworks> For(const sim::ObservationSignature& signature, int action_dim,
                                    LidarSight lidars = LidarSight::kNearest);

  // Rejects (kBadInput) an environment with another observation, naming the entries that differ,
  // or with actions of another length. `what`: who is to watch there, "The blocker".
  Status CheckFits(const sim::EnvironmentSpec& spec, std::string_view what) const;

  // observations: [observation_dim x n]; actions: [action_dim x n], clipped to [-1, 1] here as the
  // environment does. Returns what the members see, [inputs x n]. Allocates.
  Eigen::MatrixXf NormalisedInputs(const Eigen::Ref<const Eigen::MatrixXf>& observations,
                                   const Eigen::Ref<const Eigen::MatrixXf>& actions) const;

  // Fields "signature", "action_dim", "lidars" (without: kNearest), "normaliser.*", "members",
  // "member<k>.*", "support.*".
  void Encode(ArchiveWriter& writer) const;
  // Refuses through the reader what does not fit together. Without members if it has an error.
  static ActionNetworks Decode(ArchiveReader& reader);
};

// Scratch memory of one thread for asking the same networks often, about one state at a time.
class ActionScorer {
 public:
  // networks: with members, and outlives this. most_actions: asked about at once.
  explicit ActionScorer(const ActionNetworks& networks, int most_actions = 1);

  // The members' logits [members x n] of n actions [action_dim x n] in one state,
  // [observation_dim]. Valid until the next call. Does not allocate.
  Eigen::Ref<const Eigen::MatrixXf> Logits(const Eigen::VectorXd& observation,
                                           const Eigen::Ref<const Eigen::MatrixXd>& actions);
  // Of the first action of the last call: how well it is covered by what the networks were fitted
  // on, see Support; 1 where they do not know. Does not allocate.
  float SupportOfFirst() const;

 private:
  const ActionNetworks* networks_;
  MlpWorkspace workspace_;
  Eigen::MatrixXf observations_;  // [observation_dim x most_actions]
  Eigen::MatrixXf actions_;       // [action_dim x most_actions]
  Eigen::MatrixXf inputs_;        // [inputs x most_actions]
  Eigen::MatrixXf logits_;        // [members x most_actions]
};

// Below this score of support a state with its action is unknown: of 100 that are of the kind that
// the networks were fitted on, one is.
inline constexpr float kUnknownActionBelow = 0.01F;

inline float Sigmoid(float logit) { return 1.0F / (1.0F + std::exp(-logit)); }

}  // namespace lookout::agents
