// What all agents learn with: one update of policy, value networks and multiplier from one
// collection. The policy's part is the algorithm's own, see policy_update.h. One owner; spreads its
// work over the pool.
#pragma once

#include <memory>
#include <string>

#include "agents/policies/learned/gaussian_actor.h"
#include "agents/rl/algorithms/policy_update.h"
#include "agents/rl/rollouts/value_estimator.h"
#include "agents/rl/runs/value_epochs.h"

namespace lookout::agents {

class Learner {
 public:
  Learner(const TrainingSettings& settings, const sim::EnvironmentSpec& spec);

  // The present policy, named after the run.
  GaussianActor Actor(int iteration) const;
  // What it expects at present.
  std::shared_ptr<const Critics> Expectations() const;
  // Goes on from that policy. Rejects (kBadInput) another shape than the settings'.
  Status StartFrom(const GaussianActor& actor);

  // Learns from a collection whose `costs` are filled and whose diverged segments are dropped:
  // normalises its observations, estimates advantages, improves the policy, then fits the value
  // networks. The policy stays during the warm-up, and in the first iteration of a run that has to
  // find out first how to normalise. Reads the report's cost and length per episode and its steps,
  // fills its update figures. False if abandoned; fails if a loss or gradient is not finite; in
  // both cases call GoBack().
  Result<bool> Update(RolloutBuffer& buffer, int iteration, WorkerPool& pool,
                      const KeepGoing& keep_going, IterationReport& report);

  // Of the networks, for a buffer to learn from.
  StateDims state_dims() const { return state_.state_dims(); }

  void Save() { saved_ = state_; }
  void GoBack() { state_ = saved_; }

  // Everything but what Actor() holds, which the caller writes and reads first.
  void Encode(ArchiveWriter& writer) const;
  // Rejects an actor or networks of another shape, through the reader.
  void Decode(ArchiveReader& reader, const GaussianActor& actor);

 private:
  // Why an actor of that shape does not fit these settings; empty if it does.
  std::string MisfitOf(const GaussianActor& actor) const;
  // False if the policy acted on raw values, there being no statistics yet.
  bool NormaliseObservations(RolloutBuffer& buffer);
  void EstimateAdvantages(RolloutBuffer& buffer, WorkerPool& pool);
  // Of this iteration, whose report says how many steps the run has taken.
  void SetLearningRates(IterationReport& report);

  TrainingSettings settings_;
  PolicyOrigin origin_;
  LearnerState state_;
  LearnerState saved_;
  ValueEstimator estimator_;
  std::unique_ptr<PolicyUpdate> policy_update_;
  ValueEpochs value_epochs_;
};

}  // namespace lookout::agents
