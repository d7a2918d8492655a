#include "agents/rl/column_order.h"

#include <algorithm>
#include <numeric>

#include "agents/rl/settings.h"
#include "sim/base/random_state.h"

namespace lookout::agents {

ColumnOrder::ColumnOrder(const TrainingSettings& settings)
    : seed_(settings.seed), minibatch_(settings.minibatch), order_(settings.steps_per_iteration) {}

std::span<const int> ColumnOrder::All(int columns) {
  columns_ = columns;
  std::iota(order_.begin(), order_.begin() + columns, 0);
  return std::span<const int>(order_).first(columns);
}

void ColumnOrder::BeginPass(int columns, int iteration, int pass) {
  All(columns);
  if (minibatch_ == 0) return;
  RandomState random(StreamSeed(seed_, Stream::kMinibatches, static_cast<std::uint32_t>(pass),
                                static_cast<std::uint32_t>(iteration)));
  for (int i = columns - 1; i > 0; --i) std::swap(order_[i], order_[random.Choice(i + 1)]);
}

int ColumnOrder::portion_size() const {
  return minibatch_ == 0 ? columns_ : std::min(minibatch_, columns_);
}

std::span<const int> ColumnOrder::Portion(int i) const {
  const auto size = static_cast<std::size_t>(portion_size());
  return std::span<const int>(order_).subspan(static_cast<std::size_t>(i) * size, size);
}

}  // namespace lookout::agents
