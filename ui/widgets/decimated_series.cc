#include "ui/widgets/decimated_series.h"

#include <algorithm>
#include <cmath>

namespace lookout::ui {

void MinMax::Include(float value) {
  if (!std::isfinite(value)) return;
  Include(MinMax{value, value});
}

void MinMax::Include(const MinMax& other) {
  if (other.empty()) return;
  if (empty()) {
    *this = other;
    return;
  }
  min = std::min(min, other.min);
  max = std::max(max, other.max);
}

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
  for (std::size_t k = 0; first < last; ++k) {
    const auto include = [&](std::size_t i) {
      if (k == 0) {
        range.Include(values[i]);
      } else {
        range.Include(levels_[k - 1][i]);
      }
    };
    const bool top = k >= levels_.size() || levels_[k].empty();
    while (first < last && (top || first % kBlock != 0)) include(first++);
    while (first < last && last % kBlock != 0) include(--last);
    first /= kBlock;
    last /= kBlock;
  }
  return range;
}

}  // namespace lookout::ui
