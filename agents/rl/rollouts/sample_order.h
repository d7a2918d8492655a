// In which order and in what minibatches the samples of a collection are learned from. One owner.
#pragma once

#include <span>
#include <vector>

#include "agents/learning/sample_sequences.h"
#include "agents/learning/sequence_network.h"
#include "agents/rl/rollouts/rollout_buffer.h"
#include "agents/rl/settings/training_settings.h"

namespace lookout::agents {

class SampleOrder {
 public:
  // Of collections that such a network learns from. One without memory learns from single samples,
  // one with memory from sequences, whole segments cut into pieces.
  SampleOrder(const TrainingSettings& settings, const SequenceNetwork& network);

  // All samples in use, in their own order.
  SampleSequences All(const RolloutBuffer& buffer);

  // Starts epoch `epoch` of an iteration: shuffles, unless the full batch is one minibatch.
  void BeginEpoch(const RolloutBuffer& buffer, int iteration, int epoch);
  // Of equal size, or with sequences of the fewest that make up that size; a remainder is left to
  // another epoch's order.
  int minibatches() const;
  SampleSequences Minibatch(int i) const;

 private:
  // Consecutive samples.
  struct Piece {
    int begin = 0;
    int size = 0;
  };
  int minibatch_size() const;
  void CutSegments(const RolloutBuffer& buffer);
  // Fills order_, starts_ and minibatch_ends_ from the pieces in their present order.
  void LayOut();

  std::uint32_t seed_;
  int minibatch_;
  bool in_sequences_;
  int samples_ = 0;
  std::vector<int> order_;
  // Of networks with memory alone:
  std::vector<Piece> pieces_;
  std::vector<int> starts_;          // where in order_ each piece begins
  std::vector<int> minibatch_ends_;  // behind the last piece of each minibatch
};

}  // namespace lookout::agents
