// Recorded episodes as a student learns from them, marked or not. One owner, one thread.
#pragma once

#include <Eigen/Core>
#include <deque>
#include <span>
#include <vector>

#include "agents/feedback/student/pseudo_labels.h"
#include "app/workers/runtime/recording_handle.h"
#include "sim/environment/observation_signature.h"

namespace lookout::app {

class RecordedPool {
 public:
  // Some minutes of processor time, and 48 MB at 60 values to an observation.
  static constexpr std::size_t kMostEpisodes = 200;

  // Whether it has room for more.
  bool is_full() const { return steps_.size() >= kMostEpisodes; }
  // Takes an episode down, unless some step has an observation of another length than the
  // signature's, or an action of another length than the others have.
  void Add(const Recording& recording, const sim::ObservationSignature& signature);
  std::span<const agents::RecordedSteps> steps() const { return steps_; }

 private:
  std::deque<Eigen::MatrixXf> matrices_;  // that the steps are of; stay where they are
  std::vector<agents::RecordedSteps> steps_;
};

}  // namespace lookout::app
