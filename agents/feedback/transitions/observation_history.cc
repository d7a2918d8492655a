#include "agents/feedback/transitions/observation_history.h"

#include <algorithm>
#include <cmath>

#include "sim/base/check.h"

namespace lookout::agents {
namespace {

// How far a trace moves towards each observation.
float Rate(int trace) {
  const double half_life = PastInputs::kHalfLives[static_cast<std::size_t>(trace)];
  return static_cast<float>(1.0 - std::exp2(-1.0 / half_life));
}

// Transitions::earlier of all steps of an episode, [reach.EarlierRows(observation_dim) x steps].
Eigen::MatrixXf EarlierObservations(const Transitions::Columns& observations,
                                    const PastInputs& reach) {
  const Eigen::Index steps = observations.cols() - 1;
  LOOKOUT_CHECK(steps >= 0, "an episode has a reset");
  Eigen::MatrixXf earlier(reach.EarlierRows(observations.rows()), steps);
  if (earlier.size() == 0) return earlier;
  ObservationHistory history(reach);
  history.Begin(observations.col(0));
  for (Eigen::Index step = 0; step < steps; ++step) {
    if (step > 0) history.Add(observations.col(step));
    earlier.col(step) = history.earlier();
  }
  return earlier;
}

}  // namespace

void ObservationHistory::MakeRoom(Eigen::Index observation_dim) {
  LOOKOUT_CHECK(observation_dim == dim_ && values_.size() == (Kept() + reach_.traces) * dim_,
                "a history begins by a reset and is of one environment");
  const auto end = values_.begin() + Kept() * dim_;
  std::copy_backward(values_.begin(), end - dim_, end);
}

void ObservationHistory::MoveTraces(bool anew) {
  for (int i = 0; i < reach_.traces; ++i) {
    const float rate = anew ? 1.0F : Rate(i);
    auto trace = values_.segment((Kept() + i) * dim_, dim_);
    const auto now = values_.head(dim_);
    Eigen::Index next = 0;
    const auto take_in = [&](Eigen::Index end) {
      trace.segment(next, end - next) +=
          rate * (now.segment(next, end - next) - trace.segment(next, end - next));
      next = end;
    };
    for (const LidarInput& lidar : reach_.lidars) {
      take_in(lidar.offset);
      if (lidar.bins == 0) continue;
      Eigen::Index nearest = 0;
      const float closeness = now.segment(next, lidar.bins).maxCoeff(&nearest);
      trace.segment(next, lidar.bins) *= 1.0F - rate;
      trace[next + nearest] += rate * closeness;
      next += lidar.bins;
    }
    take_in(dim_);
  }
}

EpisodeTransitions::EpisodeTransitions(const Transitions::Columns& observations,
                                       const Transitions::Columns& actions, const PastInputs& reach)
    : earlier_(EarlierObservations(observations, reach)),
      steps_(observations.leftCols(actions.cols()), actions, observations.rightCols(actions.cols()),
             earlier_, reach.traces) {}

}  // namespace lookout::agents
