// What was observed before a step, as cost models with a history look at it: where an episode does
// not reach back that far, its first observation stands in. Value types; any thread.
#pragma once

#include <Eigen/Core>

namespace lookout::agents {

// The latest observations of an episode that is under way.
class ObservationHistory {
 public:
  // The most observations before a state that anybody looks at; until Begin it holds none.
  // Less than 2: nothing is kept, a transition has the one observation itself.
  explicit ObservationHistory(int most = 0) : most_(most) {}
  int most() const { return most_; }

  // The state after the reset. Allocates.
  void Begin(const Eigen::Ref<const Eigen::VectorXf>& observation);
  // The state after a step, of the same length.
  void Add(const Eigen::Ref<const Eigen::VectorXf>& observation);

  // [(most - 1) * observation_dim] of the step that comes next, Transitions::earlier: what was
  // observed before the present state, the latest first. Empty where nothing is kept.
  Eigen::Ref<const Eigen::VectorXf> earlier() const { return values_.tail(values_.size() - dim_); }

 private:
  int most_;
  Eigen::Index dim_ = 0;    // of an observation
  Eigen::VectorXf values_;  // [most * observation_dim], the present state first
};

// Of the steps of a whole episode, all at once. observations: [observation_dim x steps + 1], the
// reset first. Returns Transitions::earlier of every step, [(history - 1) * observation_dim x
// steps]; without rows for a history of less than 2.
Eigen::MatrixXf EarlierObservations(const Eigen::Ref<const Eigen::MatrixXf>& observations,
                                    int history);

}  // namespace lookout::agents
