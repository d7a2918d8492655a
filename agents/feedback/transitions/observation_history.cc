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

// The bin of what is nearest into both, [bins] each.
void TakeInLidar(Eigen::Ref<const Eigen::VectorXf> now, float rate,
                 Eigen::Ref<Eigen::VectorXf> means, Eigen::Ref<Eigen::VectorXf> peaks) {
  Eigen::Index nearest = 0;
  const float closeness = now.maxCoeff(&nearest);
  means *= 1.0F - rate;
  means[nearest] += rate * closeness;
  peaks *= 1.0F - rate;
  if (closeness < peaks.maxCoeff()) return;
  peaks.setZero();
  peaks[nearest] = closeness;
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
  const int rows = Kept() + PastInputs::kRowsPerTrace * reach_.traces;
  LOOKOUT_CHECK(observation_dim == dim_ && values_.size() == rows * dim_,
                "a history begins by a reset and is of one environment");
  const auto end = values_.begin() + Kept() * dim_;
  std::copy_backward(values_.begin(), end - dim_, end);
}

void ObservationHistory::MoveTraces(bool anew) {
  const auto now = values_.head(dim_);
  for (int i = 0; i < reach_.traces; ++i) {
    const float rate = anew ? 1.0F : Rate(i);
    const Eigen::Index place = (Kept() + PastInputs::kRowsPerTrace * i) * dim_;
    auto means = values_.segment(place, dim_);
    auto peaks = values_.segment(place + dim_, dim_);
    if (anew) peaks.setZero();
    Eigen::Index next = 0;
    const auto take_in = [&](Eigen::Index end) {
      means.segment(next, end - next) +=
          rate * (now.segment(next, end - next) - means.segment(next, end - next));
      next = end;
    };
    for (const LidarInput& lidar : reach_.lidars) {
      take_in(lidar.offset);
      if (lidar.bins == 0) continue;
      TakeInLidar(now.segment(next, lidar.bins), rate, means.segment(next, lidar.bins),
                  peaks.segment(next, lidar.bins));
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
