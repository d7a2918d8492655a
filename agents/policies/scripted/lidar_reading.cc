#include "agents/policies/scripted/lidar_reading.h"

#include <cmath>
#include <numbers>

namespace lookout::agents {
namespace {

// The return that has its maximum in bin k.
LidarReturn ReadBin(const Eigen::Ref<const Eigen::VectorXd>& bins, Eigen::Index k) {
  const Eigen::Index n = bins.size();
  const double before = bins[(k + n - 1) % n];
  const double after = bins[(k + 1) % n];
  // An object at part p of its bin puts p s into the next and (1 - p) s into the previous bin.
  const double part = before + after > 0.0 ? after / (before + after) : 0.5;
  const double angle = (static_cast<double>(k) + part) * 2.0 * std::numbers::pi / double(n);
  return {.angle_rad = std::remainder(angle, 2.0 * std::numbers::pi), .closeness = bins[k]};
}

}  // namespace

LidarReturn NearestReturn(const Eigen::Ref<const Eigen::VectorXd>& bins) {
  Eigen::Index nearest = 0;
  if (bins.maxCoeff(&nearest) <= 0.0) return {};
  return ReadBin(bins, nearest);
}

void ReadReturns(const Eigen::Ref<const Eigen::VectorXd>& bins, std::vector<LidarReturn>& returns) {
  returns.clear();
  const Eigen::Index n = bins.size();
  for (Eigen::Index k = 0; k < n; ++k) {
    const double before = bins[(k + n - 1) % n];
    const double after = bins[(k + 1) % n];
    if (bins[k] > 0.0 && bins[k] >= before && bins[k] > after) returns.push_back(ReadBin(bins, k));
  }
}

}  // namespace lookout::agents
