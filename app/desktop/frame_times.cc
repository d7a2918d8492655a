#include "app/desktop/frame_times.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace lookout::app {

double Percentile(std::vector<double> values, double fraction) {
  if (values.empty()) return 0.0;
  const double rank = std::ceil(fraction * static_cast<double>(values.size()));
  const auto index = static_cast<std::size_t>(std::max(1.0, rank)) - 1;
  const auto nth = values.begin() + static_cast<std::ptrdiff_t>(std::min(index, values.size() - 1));
  std::nth_element(values.begin(), nth, values.end());
  return *nth;
}

double FrameTimes::PercentileOf(double FrameTime::*part, double fraction) const {
  std::vector<double> values;
  values.reserve(times_.size());
  for (const FrameTime& time : times_) values.push_back(time.*part);
  return Percentile(std::move(values), fraction);
}

}  // namespace lookout::app
