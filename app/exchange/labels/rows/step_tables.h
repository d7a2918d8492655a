// The steps of recorded episodes with what people say about them, as data sets for learning hold
// them: one episode in memory at a time. One owner, one thread.
#pragma once

#include <cstddef>
#include <memory>
#include <vector>

#include "agents/feedback/targets/joint_opinion.h"
#include "app/exchange/labels/rows/label_format.h"

namespace lookout::app {

// Of T actions, T + 1 states.
struct EpisodeTable {
  std::size_t steps = 0;            // T
  std::vector<float> observations;  // [T + 1 x observation_dim]
  std::vector<float> actions;       // [T x action_dim]
  std::vector<double> rewards;      // [T]
  std::vector<double> costs;        // [T + 1] the rule's; 0 after the reset
  // [T + 1] the probability of unsafe as the annotators together say it, after the shift by the
  // reaction lag; NaN where nobody does, or is not sure.
  std::vector<float> human_labels;
  std::unique_ptr<bool[]> terminated;  // [T] ended by what happened
  std::unique_ptr<bool[]> truncated;   // [T] by the clock, or the recording does; else the last
                                       // step of every episode is terminated
};

class StepTables {
 public:
  explicit StepTables(const LabelExport& labels);

  // What all episodes have in common, and which those are: finished or not, with at least one
  // action and not diverged. Rejects (kBadInput) a project where they are of several environments
  // or sizes, or where there are none.
  Status Check();
  std::size_t observation_dim() const { return observation_dim_; }
  std::size_t action_dim() const { return action_dim_; }
  const std::vector<const StoredEpisode*>& episodes() const { return episodes_; }

  // Rejects (kBadInput) an episode whose steps do not have those sizes.
  Result<EpisodeTable> Read(const StoredEpisode& episode) const;

 private:
  float LabelOf(EpisodeId episode, std::size_t step) const;

  const LabelExport& labels_;
  agents::StepOpinions opinions_;
  std::unique_ptr<agents::OpinionJoiner> joiner_;
  std::vector<const StoredEpisode*> episodes_;
  std::size_t observation_dim_ = 0;
  std::size_t action_dim_ = 0;
};

}  // namespace lookout::app
