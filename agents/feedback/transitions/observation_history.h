// What was observed before a step, as cost models with a memory look at it: where an episode does
// not reach back that far, its first observation stands in. Value types; any thread.
#pragma once

#include <Eigen/Core>

#include "agents/feedback/transitions/transition.h"

namespace lookout::agents {

// The latest observations of an episode that is under way, and traces of all of them.
class ObservationHistory {
 public:
  // Holds nothing.
  ObservationHistory() = default;
  // reach: what of the past anybody looks at, see PastInputs. Of what is not beyond one step
  // nothing is kept: the one observation before is the transition's own.
  explicit ObservationHistory(const PastInputs& reach) : reach_(reach) {}
  const PastInputs& reach() const { return reach_; }

  // The state after the reset, [observation_dim]. Allocates.
  template <typename Derived>
  void Begin(const Eigen::MatrixBase<Derived>& observation) {
    if (!reach_.BeyondOneStep()) return;
    dim_ = observation.size();
    values_ = observation.replicate(Kept() + PastInputs::kRowsPerTrace * reach_.traces, 1);
    MoveTraces(true);
  }
  // The state after a step, of the same length. Does not allocate.
  template <typename Derived>
  void Add(const Eigen::MatrixBase<Derived>& observation) {
    if (!reach_.BeyondOneStep()) return;
    MakeRoom(observation.size());
    values_.head(dim_) = observation;
    MoveTraces(false);
  }

  // [reach.EarlierRows(observation_dim)] of the step that comes next, Transitions::earlier: what
  // was observed before the present state, the latest first, and then the traces up to it. Empty
  // where nothing is kept.
  Eigen::Ref<const Eigen::VectorXf> earlier() const { return values_.tail(values_.size() - dim_); }

 private:
  // Observations that are held, the present one among them.
  int Kept() const { return std::max(reach_.history, 1); }
  // Moves all that is held one observation back, but for the traces.
  void MakeRoom(Eigen::Index observation_dim);
  // Takes the present state into them; anew: makes it all of them.
  void MoveTraces(bool anew);

  PastInputs reach_;
  Eigen::Index dim_ = 0;  // of an observation
  // [(Kept() + kRowsPerTrace * traces) * observation_dim], the present state first.
  Eigen::VectorXf values_;
};

// All steps of an episode that is over. Borrows its columns.
class EpisodeTransitions {
 public:
  // observations: [observation_dim x steps + 1], the reset first. actions: [action_dim x steps],
  // each of which led to the next observation. Allocates.
  EpisodeTransitions(const Transitions::Columns& observations, const Transitions::Columns& actions,
                     const PastInputs& reach);
  EpisodeTransitions(const EpisodeTransitions&) = delete;
  EpisodeTransitions& operator=(const EpisodeTransitions&) = delete;

  // Steps 1 to the last, a column each.
  const Transitions& steps() const { return steps_; }

 private:
  Eigen::MatrixXf earlier_;  // Transitions::earlier of every step
  Transitions steps_;
};

}  // namespace lookout::agents
