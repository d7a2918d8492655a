#include "ui/widgets/plots/decimated_series.h"

#include <algorithm>

namespace lookout::ui {

void DecimatedSeries::Reset() {
  for (std::vector<MinMax>& level : levels_) level.clear();
  size_ = 0;
}

void DecimatedSeries::Sync(std::span<const float> values) {
  if (values.size() < size_) Reset();
  size_ = values.size();
  // Only whole blocks are kept; Range reads the rest from the level below.
  std::size_t below = size_;
  for (std::size_t k = 0; below >= kBlock; ++k) {
    if (k == levels_.size()) levels_.emplace_back();
    std::vector<MinMax>& level = levels_[k];
    while ((level.size() + 1) * kBlock <= below) {
      MinMax block;
      const std::size_t first = level.size() * kBlock;
      for (std::size_t i = first; i < first + kBlock; ++i) {
        if (k == 0) {
          block.Include(values[i]);
        } else {
          block.Include(levels_[k - 1][i]);
        }
      }
      level.push_back(block);
    }
    below = level.size();
  }
}

MinMax DecimatedSeries::Range(std::span<const float> values, std::size_t first,
                              std::size_t last) const {
  MinMax range;
  last = std::min({last, size_, values.size()});
  // Single values up to a block's edge, then blocks of the next level, and so on upwards.
  const auto level = [&](const auto& items, bool top) {
    while (first < last && (top || first % kBlock != 0)) range.Include(items[first++]);
    while (first < last && last % kBlock != 0) range.Include(items[--last]);
    first /= kBlock;
    last /= kBlock;
  };
  const auto is_top = [this](std::size_t k) { return k >= levels_.size() || levels_[k].empty(); };
  level(values, is_top(0));
  std::size_t k = 0;
  while (first < last) {
    level(levels_[k], is_top(k + 1));
    ++k;
  }
  return range;
}

}  // namespace lookout::ui
