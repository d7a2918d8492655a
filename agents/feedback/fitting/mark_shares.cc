#include "agents/feedback/fitting/mark_shares.h"

#include <algorithm>
#include <map>
#include <numeric>

namespace lookout::agents {

std::vector<float> MarkShares(std::span<const TargetPoint> points) {
  std::map<MarkId, int> steps;
  for (const TargetPoint& point : points) ++steps[point.source];
  std::vector<double> shares;
  shares.reserve(points.size());
  for (const TargetPoint& point : points) {
    const int together = point.marked ? steps[point.source] : kStepsThatSayOnce;
    shares.push_back(1.0 / std::clamp(together, kFewestSteps, kStepsThatSayOnce));
  }
  const double sum = std::accumulate(shares.begin(), shares.end(), 0.0);
  std::vector<float> scaled;
  scaled.reserve(points.size());
  for (const double share : shares) {
    scaled.push_back(static_cast<float>(share * static_cast<double>(points.size()) / sum));
  }
  return scaled;
}

}  // namespace lookout::agents
