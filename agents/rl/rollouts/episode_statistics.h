// Adds steps up to episodes, across the ends of iterations. One owner, one thread.
#pragma once

#include <cstdint>
#include <vector>

#include "agents/learning/archive.h"
#include "agents/rl/rollouts/rollout_buffer.h"
#include "agents/rl/settings/iteration_report.h"

namespace lookout::agents {

class EpisodeStatistics {
 public:
  EpisodeStatistics() = default;
  // steps_per_sample: environment steps that each sample of a collection stands for.
  explicit EpisodeStatistics(int environments, int steps_per_sample = 1)
      : running_(environments), steps_per_sample_(steps_per_sample) {}

  // Takes in a collection before DropDiverged and fills the report's episode figures: means and
  // spreads over the episodes that finished and did not diverge (NaN if there is none), the
  // cumulative true cost rate, steps and counts.
  void Add(const RolloutBuffer& buffer, bool has_predictions, IterationReport& report);

  std::int64_t steps() const { return steps_; }

  // Fields "episodes.*".
  void Encode(ArchiveWriter& writer) const;
  void Decode(ArchiveReader& reader);

 private:
  struct Running {
    double reward = 0.0;
    double true_cost = 0.0;
    double learned_cost = 0.0;
    double cost = 0.0;  // the one the agent is held to
    double length = 0.0;
  };
  std::vector<Running> running_;  // the unfinished episode of each environment
  int steps_per_sample_ = 1;
  std::int64_t steps_ = 0;  // from the start of the run
  double total_true_cost_ = 0.0;
  double violation_steps_ = 0.0;  // NaN: not known, as an older version began to count
};

}  // namespace lookout::agents
