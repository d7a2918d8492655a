// What was observed before a step, as cost models with a history look at it: where an episode does
// not reach back that far, its first observation stands in. Value types; any thread.
#pragma once

#include <Eigen/Core>

namespace lookout::agents {

// The latest observations of an episode that is under way.
class ObservationHistory {
 public:
  // Holds nothing.
  ObservationHistory() = default;
  // most: observations before a state that anybody looks at. Below 2 nothing is kept: the one
  // observation before is the transition's own.
  explicit ObservationHistory(int most) : most_(most) {}
  int most() const { return most_; }

  // The state after the reset, [observation_dim]. Allocates.
  template <typename Derived>
  void Begin(const Eigen::MatrixBase<Derived>& observation) {
    if (most_ < 2) return;
    dim_ = observation.size();
    values_ = observation.replicate(most_, 1);
  }
  // The state after a step, of the same length. Does not allocate.
  template <typename Derived>
  void Add(const Eigen::MatrixBase<Derived>& observation) {
    if (most_ < 2) return;
    MakeRoom(observation.size());
    values_.head(dim_) = observation;
  }

  // [(most - 1) * observation_dim] of the step that comes next, Transitions::earlier: what was
  // observed before the present state, the latest first. Empty where nothing is kept.
  Eigen::Ref<const Eigen::VectorXf> earlier() const { return values_.tail(values_.size() - dim_); }

 private:
  // Moves all that is held one observation back.
  void MakeRoom(Eigen::Index observation_dim);

  int most_ = 0;
  Eigen::Index dim_ = 0;    // of an observation
  Eigen::VectorXf values_;  // [most * observation_dim], the present state first
};

// Of the steps of a whole episode, all at once. observations: [observation_dim x steps + 1], the
// reset first. Returns Transitions::earlier of every step, [(history - 1) * observation_dim x
// steps]; without rows for a history of less than 2.
Eigen::MatrixXf EarlierObservations(const Eigen::Ref<const Eigen::MatrixXf>& observations,
                                    int history);

}  // namespace lookout::agents
