// Whether the cost that training reads is what the cost model says. The caller's thread.
#pragma once

#include <limits>
#include <span>
#include <string>
#include <vector>

#include "app/goodhart/goodhart_run.h"
#include "app/goodhart/visit_episodes.h"

namespace lookout::app {

struct ImplementationGap {
  // Per step, between the model's own word on whole episodes and the sums that the sampler of
  // training adds up step by step: rounding at most.
  double largest_per_step = 0.0;
  // Per episode: what the reading (agents::CostReading) makes of the model's doubts, beyond its
  // probability. 0 for the mean.
  double reading_per_episode = 0.0;
  // The learned cost per episode that the log has of iteration 1, and the same iteration done
  // again from the kept policy and the named model. NaN: not checked, for the reason `unchecked`.
  double logged = std::numeric_limits<double>::quiet_NaN();
  double done_again = std::numeric_limits<double>::quiet_NaN();
  std::string unchecked;
  // |done_again - logged| is beyond what the log's digits hide.
  bool differs() const;
};

// seen: episodes of any policy. again: whether iteration 1 is done again, which takes as long as it
// took then, without the learning.
Result<ImplementationGap> MeasureImplementation(const GoodhartRun& run,
                                                std::span<const SeenEpisode> seen, bool again,
                                                int workers, const sim::CameraFactory& cameras,
                                                const std::function<bool()>& going = {});

}  // namespace lookout::app
