// In which order and in what minibatches the samples of a collection are learned from. One owner.
#pragma once

#include <span>
#include <vector>

#include "agents/rl/settings/training_settings.h"

namespace lookout::agents {

class SampleOrder {
 public:
  explicit SampleOrder(const TrainingSettings& settings);

  // All of the first `samples`, in their own order.
  std::span<const int> All(int samples);

  // Starts epoch `epoch` of an iteration: shuffles, unless the full batch is one minibatch.
  void BeginEpoch(int samples, int iteration, int epoch);
  // Of equal size; a remainder is left to another epoch's order.
  int minibatches() const { return samples_ / minibatch_size(); }
  std::span<const int> Minibatch(int i) const;

 private:
  int minibatch_size() const;

  std::uint32_t seed_;
  int minibatch_;
  int samples_ = 0;
  std::vector<int> order_;
};

}  // namespace lookout::agents
