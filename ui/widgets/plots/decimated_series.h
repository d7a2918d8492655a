// Minimum and maximum over any range of a growing series in O(log n), so that a plot of a million
// points costs as much as one of a thousand. Window thread only.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <span>
#include <vector>

namespace lookout::ui {

struct MinMax {
  float min = std::numeric_limits<float>::max();
  float max = std::numeric_limits<float>::lowest();
  bool empty() const { return max < min; }  // no finite value
  void Include(float value) {
    // False for NaN and infinities alike.
    if (std::abs(value) <= std::numeric_limits<float>::max()) Include(MinMax{value, value});
  }
  void Include(const MinMax& other) {
    min = std::min(min, other.min);
    max = std::max(max, other.max);
  }
};

// A pyramid over values that the caller keeps: level k holds the extremes of blocks of 16^(k+1)
// values. NaN and infinities are left out.
class DecimatedSeries {
 public:
  // Takes in what was appended since the last call; a series that became shorter is taken anew.
  // Amortised O(new values); reuses its memory.
  void Sync(std::span<const float> values);
  // Forgets everything: the next Sync is about another series.
  void Reset();

  // Extremes of values[first, last), clipped to what was synchronised. `values` is the series of
  // the last Sync.
  MinMax Range(std::span<const float> values, std::size_t first, std::size_t last) const;
  std::size_t size() const { return size_; }

 private:
  static constexpr std::size_t kBlock = 16;

  std::vector<std::vector<MinMax>> levels_;
  std::size_t size_ = 0;
};

}  // namespace lookout::ui
