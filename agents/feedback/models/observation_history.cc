#include "agents/feedback/models/observation_history.h"

#include <algorithm>

#include "sim/base/check.h"

namespace lookout::agents {

void ObservationHistory::MakeRoom(Eigen::Index observation_dim) {
  LOOKOUT_CHECK(observation_dim == dim_ && values_.size() == most_ * dim_,
                "a history begins by a reset and is of one environment");
  std::copy_backward(values_.begin(), values_.end() - dim_, values_.end());
}

Eigen::MatrixXf EarlierObservations(const Eigen::Ref<const Eigen::MatrixXf>& observations,
                                    int history) {
  const Eigen::Index dim = observations.rows();
  const Eigen::Index steps = observations.cols() - 1;
  LOOKOUT_CHECK(steps >= 0, "an episode has a reset");
  Eigen::MatrixXf earlier(dim * std::max(history - 1, 0), steps);
  for (Eigen::Index step = 0; step < steps; ++step) {
    for (int before = 1; before < history; ++before) {
      earlier.col(step).segment((before - 1) * dim, dim) =
          observations.col(std::max<Eigen::Index>(step - before, 0));
    }
  }
  return earlier;
}

}  // namespace lookout::agents
