// What a cost model judges: one step of an episode each, from an observation through an action to
// the next observation, and what was observed before. Borrows its columns; any thread.
#pragma once

#include <Eigen/Core>

#include "sim/base/check.h"

namespace lookout::agents {

// What a cost model looks at of the way to a state, besides the state itself.
struct PastInputs {
  static constexpr int kMostHistory = 8;

  int history = 0;     // how many observations before it, up to kMostHistory
  int action_dim = 0;  // of the executed action that led to it; 0: not looked at
  bool operator==(const PastInputs&) const = default;
};

struct Transitions {
  using Columns = Eigen::Ref<const Eigen::MatrixXf>;

  // actions: what was executed, not what was proposed; no rows where nothing was done.
  Transitions(const Columns& before, const Columns& done, const Columns& after)
      : Transitions(before, done, after, Columns(before.topRows(0))) {}
  // long_before: any number of observations above each other, see `earlier`.
  Transitions(const Columns& before, const Columns& done, const Columns& after,
              const Columns& long_before)
      : observations(before), actions(done), next_observations(after), earlier(long_before) {}
  // The simplest case, one observation each: nothing was done and nothing moved, now and before. So
  // are judged the state after a reset and a state that is only imagined. The columns must outlive
  // this.
  template <typename Derived>
  Transitions(const Eigen::MatrixBase<Derived>& seen)  // NOLINT: an observation is a transition
      : Transitions(Columns(seen.derived()), Columns(seen.derived().topRows(0)),
                    Columns(seen.derived())) {}

  Eigen::Index count() const { return next_observations.cols(); }
  Transitions Middle(Eigen::Index begin, Eigen::Index n) const {
    return {observations.middleCols(begin, n), actions.middleCols(begin, n),
            next_observations.middleCols(begin, n), earlier.middleCols(begin, n)};
  }

  // Whether it has the last `history` observations before each state: all that a model looks at. An
  // observation alone has as many as anybody asks for, all the same.
  bool HasHistory(int history) const {
    return history <= 1 || earlier.rows() >= (history - 1) * observations.rows() ||
           (earlier.rows() == 0 && actions.rows() == 0);
  }
  // [observation_dim x n], what was observed `steps` before next_observations, from 1 on, up to a
  // history that it has.
  Columns ObservationsBefore(int steps) const {
    if (steps == 1 || earlier.rows() == 0) return observations;
    const Eigen::Index dim = observations.rows();
    LOOKOUT_CHECK(steps > 1 && earlier.rows() >= (steps - 1) * dim, "no history that long");
    return earlier.middleRows((steps - 2) * dim, dim);
  }

  Columns observations;       // [observation_dim x n]
  Columns actions;            // [action_dim x n], or [0 x n]
  Columns next_observations;  // [observation_dim x n]
  // [any number * observation_dim x n]: what was observed before `observations`, the latest above;
  // before an episode's start, its first observation again.
  Columns earlier;
};

}  // namespace lookout::agents
