// PPO (Schulman et al. 2017) and PPO-Lagrangian (Ray, Achiam and Amodei 2019): one update from one
// collection. One owner; spreads its work over the pool.
#pragma once

#include <string>

#include "agents/policies/gaussian_actor.h"
#include "agents/rl/gradient_passes.h"
#include "agents/rl/value_estimator.h"

namespace lookout::agents {

class PpoLearner {
 public:
  PpoLearner(const TrainingSettings& settings, const sim::EnvironmentSpec& spec);

  // The present policy, named after the run.
  GaussianActor Actor(int iteration) const;
  // Goes on from that policy. Refuses (kBadInput) another shape than the settings'.
  Status StartFrom(const GaussianActor& actor);
  const LearnerState& state() const { return state_; }

  // Learns from a collection whose `costs` are filled and whose diverged segments are dropped:
  // normalises its observations, estimates advantages, moves the multiplier by
  // report.constrained_cost (not if that is NaN: no episode ended), then takes the gradient steps.
  // Fills the report's update figures. False if abandoned; fails if a loss or gradient is not
  // finite; in both cases call GoBack().
  Result<bool> Update(RolloutBuffer& buffer, int iteration, WorkerPool& pool,
                      const KeepGoing& keep_going, IterationReport& report);

  void Save() { saved_ = state_; }
  void GoBack() { state_ = saved_; }

  // Everything but what Actor() holds, which the caller writes and reads first.
  void Encode(ArchiveWriter& writer) const;
  // Refuses an actor or networks of another shape, through the reader.
  void Decode(ArchiveReader& reader, const GaussianActor& actor);

 private:
  // Why an actor of that shape does not fit these settings; empty if it does.
  std::string MisfitOf(const GaussianActor& actor) const;
  void NormaliseObservations(RolloutBuffer& buffer);
  // Of this iteration, whose report says how many steps the run has taken.
  void SetLearningRates(const IterationReport& report);
  // Fills advantages and targets, and moves the multiplier on the way.
  void EstimateAdvantages(RolloutBuffer& buffer, WorkerPool& pool, const IterationReport& report);

  TrainingSettings settings_;
  std::string environment_id_;
  LearnerState state_;
  LearnerState saved_;
  ValueEstimator estimator_;
  GradientPasses passes_;
};

}  // namespace lookout::agents
