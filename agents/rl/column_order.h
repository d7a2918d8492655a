// In which order and in what portions the columns of a collection are learned from. One owner.
#pragma once

#include <span>
#include <vector>

#include "agents/rl/training_settings.h"

namespace lookout::agents {

class ColumnOrder {
 public:
  explicit ColumnOrder(const TrainingSettings& settings);

  // All of the first `columns`, in their own order.
  std::span<const int> All(int columns);

  // Starts pass `pass` of an iteration: shuffles, unless the full batch is one portion.
  void BeginPass(int columns, int iteration, int pass);
  // Of equal size; a remainder is left to another pass's order.
  int portions() const { return columns_ / portion_size(); }
  std::span<const int> Portion(int i) const;

 private:
  int portion_size() const;

  std::uint32_t seed_;
  int minibatch_;
  int columns_ = 0;
  std::vector<int> order_;
};

}  // namespace lookout::agents
