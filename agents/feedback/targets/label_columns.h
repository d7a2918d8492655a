// What labels take along of each step: its observation, and what led to it. One thread.
#pragma once

#include <Eigen/Core>
#include <optional>
#include <vector>

#include "agents/feedback/targets/label_set.h"
#include "agents/feedback/transitions/observation_history.h"
#include "agents/feedback/transitions/transition.h"
#include "sim/base/result.h"

namespace lookout::agents {

// What is looked up of a step, and how much of what was before it.
struct LabelLookups {
  int observation_dim;
  const PastInputs& past;
  const ObservationLookup& observation_of;
  const ActionLookup& action_of;  // for a past with actions
};

// Collects the columns of steps before their number is known.
class LabelColumns {
 public:
  // recorded must outlive this.
  explicit LabelColumns(const LabelLookups& recorded) : recorded_(recorded) {}

  // False if the step, or what is to be taken along, is not recorded or not finite: then nothing
  // is added. Rejects (kBadInput) observations and actions of another size. Cheapest where the
  // steps of an episode come in order.
  Result<bool> Add(EpisodeId episode, StepIndex step);
  int count() const { return count_; }
  // Takes back all but the first `count`.
  void Shrink(int count);

  Eigen::MatrixXf Observations() const;  // [observation_dim x count]
  LabelledPast Past() const;

 private:
  using Observation = Eigen::Map<const Eigen::VectorXf>;

  // Empty if the observation is not recorded or not finite.
  Result<std::optional<Observation>> Look(EpisodeId episode, StepIndex step) const;
  Result<bool> AddObservation(EpisodeId episode, StepIndex step);
  // What was observed before the step.
  Result<bool> AddEarlier(EpisodeId episode, StepIndex step);
  Result<bool> AddAction(EpisodeId episode, StepIndex step);
  // Makes the history that of the episode up to that step.
  Result<bool> WalkTo(EpisodeId episode, StepIndex step);
  // Forgets all beyond the columns that count.
  void Drop();
  // Rows of LabelledPast::observations.
  Eigen::Index PastRows() const;

  const LabelLookups& recorded_;
  int count_ = 0;
  std::vector<float> values_, earlier_, actions_;
  ObservationHistory history_{recorded_.past};
  EpisodeId walked_;          // whose history that is
  StepIndex walked_to_ = -1;  // and up to which step; -1: nobody's
};

}  // namespace lookout::agents
