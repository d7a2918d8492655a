// What a cost model judges: one step of an episode each, from an observation through an action to
// the next observation. Borrows its columns; any thread.
#pragma once

#include <Eigen/Core>

namespace lookout::agents {

struct Transitions {
  using Columns = Eigen::Ref<const Eigen::MatrixXf>;

  // actions: what was executed, not what was proposed; no rows where nothing was done.
  Transitions(const Columns& before, const Columns& done, const Columns& after)
      : observations(before), actions(done), next_observations(after) {}
  // The simplest case, one observation each: nothing was done and nothing moved. So are judged the
  // state after a reset and a state that is only imagined. The columns must outlive this.
  template <typename Derived>
  Transitions(const Eigen::MatrixBase<Derived>& seen)  // NOLINT: an observation is a transition
      : Transitions(Columns(seen.derived()), Columns(seen.derived().topRows(0)),
                    Columns(seen.derived())) {}

  Eigen::Index count() const { return next_observations.cols(); }
  Transitions Middle(Eigen::Index begin, Eigen::Index n) const {
    return {observations.middleCols(begin, n), actions.middleCols(begin, n),
            next_observations.middleCols(begin, n)};
  }

  Columns observations;       // [observation_dim x n]
  Columns actions;            // [action_dim x n], or [0 x n]
  Columns next_observations;  // [observation_dim x n]
};

}  // namespace lookout::agents
