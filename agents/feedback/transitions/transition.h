// What a cost model judges: one step of an episode each, from an observation through an action to
// the next observation, and what was observed before. Borrows its columns; any thread.
#pragma once

#include <Eigen/Core>
#include <algorithm>
#include <array>
#include <vector>

#include "agents/feedback/transitions/lidar_input.h"
#include "sim/base/check.h"

namespace lookout::agents {

// What a cost model looks at of the way to a state, besides the state itself.
struct PastInputs {
  static constexpr int kMostHistory = 8;
  // Steps after which a trace has forgotten half of what it held.
  static constexpr std::array<int, 3> kHalfLives{10, 50, 250};
  static constexpr int kMostTraces = static_cast<int>(kHalfLives.size());
  static constexpr int kRowsPerTrace = 2;  // observations that hold one: its means, its peaks

  int history = 0;     // how many observations before it, up to kMostHistory
  int action_dim = 0;  // of the executed action that led to it; 0: not looked at
  // How many traces, up to kMostTraces: means over all observations of the episode before it, which
  // weigh less the older they are, by the first of kHalfLives. What one state does not show: how
  // long it has been like this, and what was there a while ago.
  int traces = 0;
  // Which of the values are lidars, where there are traces: these take in the bin of the nearest
  // thing alone, so that the sum of their bins is the mean of its closeness, whichever way it was.
  std::vector<LidarInput> lidars;
  // Besides, of each trace the greatest closeness that a lidar has seen, in its bin, which fades as
  // fast: a sensor that blinks halves a mean, and hardly changes this. False: not looked at, as in
  // models of the first files with traces.
  bool peaks = true;
  bool operator==(const PastInputs&) const = default;

  // Whether more of the past is looked at than the transition itself holds.
  bool BeyondOneStep() const { return history > 1 || traces > 0; }
  // Whether anything observed before the state is looked at.
  bool LooksBack() const { return history > 0 || traces > 0; }
  // Rows of Transitions::earlier for observations of that length.
  Eigen::Index EarlierRows(Eigen::Index observation_dim) const {
    return (std::max(history - 1, 0) + kRowsPerTrace * traces) * observation_dim;
  }
};

struct Transitions {
  using Columns = Eigen::Ref<const Eigen::MatrixXf>;

  // actions: what was executed, not what was proposed; no rows where nothing was done.
  Transitions(const Columns& before, const Columns& done, const Columns& after)
      : Transitions(before, done, after, Columns(before.topRows(0))) {}
  // long_before: any number of observations above each other and below them any number of traces,
  // see `earlier`.
  Transitions(const Columns& before, const Columns& done, const Columns& after,
              const Columns& long_before, int traces_before = 0)
      : observations(before),
        actions(done),
        next_observations(after),
        earlier(long_before),
        traces(traces_before) {}
  // The simplest case, one observation each: nothing was done and nothing moved, now and before. So
  // are judged the state after a reset and a state that is only imagined. The columns must outlive
  // this.
  template <typename Derived>
  Transitions(const Eigen::MatrixBase<Derived>& seen)  // NOLINT: an observation is a transition
      : Transitions(Columns(seen.derived()), Columns(seen.derived().topRows(0)),
                    Columns(seen.derived())) {}

  // Whether it is an observation alone, now and before.
  bool is_state() const { return earlier.rows() == 0 && actions.rows() == 0; }
  Eigen::Index count() const { return next_observations.cols(); }
  Transitions Middle(Eigen::Index begin, Eigen::Index n) const {
    return {observations.middleCols(begin, n), actions.middleCols(begin, n),
            next_observations.middleCols(begin, n), earlier.middleCols(begin, n), traces};
  }

  // Whether it has of the past before each state what a model looks at, the action aside. An
  // observation alone has all that anybody asks for, all the same.
  bool Has(const PastInputs& past) const {
    if (!past.BeyondOneStep() || is_state()) return true;
    const PastInputs reach{.history = past.history, .traces = traces};
    return traces >= past.traces && earlier.rows() >= reach.EarlierRows(observations.rows());
  }
  // [observation_dim x n], what was observed `steps` before next_observations, from 1 on, up to a
  // history that it has.
  Columns ObservationsBefore(int steps) const {
    if (steps == 1 || is_state()) return observations;
    const Eigen::Index dim = observations.rows();
    const int rows = steps - 1 + PastInputs::kRowsPerTrace * traces;
    LOOKOUT_CHECK(steps > 1 && earlier.rows() >= rows * dim, "no history that long");
    return earlier.middleRows((steps - 2) * dim, dim);
  }
  // [observation_dim x n], the trace with the half-life PastInputs::kHalfLives[i], and its peaks,
  // which are 0 outside of lidars.
  Columns Trace(int i) const { return RowsOfTrace(i, 0); }
  Columns Peaks(int i) const { return RowsOfTrace(i, 1); }

  Columns observations;       // [observation_dim x n]
  Columns actions;            // [action_dim x n], or [0 x n]
  Columns next_observations;  // [observation_dim x n]
  // [any number * observation_dim x n]: what was observed before `observations`, the latest above;
  // before an episode's start, its first observation again. Below it the traces of what was
  // observed up to `observations`, the shortest above, each with its peaks below it.
  Columns earlier;
  int traces = 0;  // at the bottom of `earlier`, PastInputs::kRowsPerTrace observations each

 private:
  Columns RowsOfTrace(int i, int row) const {
    if (is_state()) return observations;
    const Eigen::Index dim = observations.rows();
    const int below = PastInputs::kRowsPerTrace * (traces - i) - row;  // rows from its own on
    LOOKOUT_CHECK(i >= 0 && i < traces && earlier.rows() >= below * dim, "no such trace");
    return earlier.middleRows(earlier.rows() - below * dim, dim);
  }
};

}  // namespace lookout::agents
