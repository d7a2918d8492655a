#include "agents/inspect/verification/lidar_bounds.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace lookout::agents {
namespace {

constexpr double kRounding = 1e-12;  // of readings from 0 to 1, in float64

// T of the header at one place.
double Hill(double phi) { return std::clamp(std::min({phi + 1.0, 1.0, 2.0 - phi}), 0.0, 1.0); }

// T over an interval that lies in one period.
Interval HillOver(const Interval& phi) {
  const bool on_top = phi.low <= 1.0 && phi.high >= 0.0;
  const double left = Hill(phi.low);
  const double right = Hill(phi.high);
  return {std::min(left, right), on_top ? 1.0 : std::max(left, right)};
}

// The same of bins that are not blended.
Interval StepOver(const Interval& phi) {
  return {phi.low >= 0.0 && phi.high < 1.0 ? 1.0 : 0.0,
          phi.low <= 1.0 && phi.high >= 0.0 ? 1.0 : 0.0};
}

}  // namespace

Interval LidarBounds::Closeness(const Interval& distance_m) const {
  const Interval read{lidar_.Closeness(distance_m.high), lidar_.Closeness(distance_m.low)};
  return {std::max(0.0, read.low - kRounding), read.high + kRounding};
}

// phi: of a bearing that is less than a full turn wide. Every turn of it that meets the hill
// counts: the bin reads at least what any of them gives, and at most the largest.
Interval LidarBounds::Share(const Interval& phi, double bins) const {
  Interval share;
  const double first = std::ceil((-1.0 - phi.high) / bins);
  for (double turn = first; phi.low + turn * bins <= 2.0; ++turn) {
    const Interval here{phi.low + turn * bins, phi.high + turn * bins};
    const Interval read = alias_ ? HillOver(here) : StepOver(here);
    share = {std::max(share.low, read.low), std::max(share.high, read.high)};
  }
  return share;
}

void LidarBounds::Bins(std::span<const Sighting> things, std::span<Interval> bins) const {
  std::ranges::fill(bins, Interval{});
  const auto count = static_cast<double>(bins.size());
  const double bin_rad = kFullTurn / count;
  for (const Sighting& thing : things) {
    const Interval closeness = Closeness(thing.distance_m);
    const bool all_round = thing.bearing_rad.width() >= kFullTurn;
    for (std::size_t b = 0; b < bins.size(); ++b) {
      const Interval phi{thing.bearing_rad.low / bin_rad - static_cast<double>(b),
                         thing.bearing_rad.high / bin_rad - static_cast<double>(b)};
      const Interval share = all_round ? Interval{0.0, 1.0} : Share(phi, count);
      bins[b].low = std::max(bins[b].low, closeness.low * share.low - kRounding);
      bins[b].high = std::max(bins[b].high, closeness.high * share.high + kRounding);
    }
  }
}

// The bin that a thing stands in reads its closeness in full, its neighbours never more. So the
// fullest bin is that of the nearest thing.
std::vector<NearestBin> LidarBounds::Nearest(std::span<const Sighting> things, int bins) const {
  std::vector<double> most(static_cast<std::size_t>(bins), -1.0);  // -1: not the nearest thing's
  double least = 0.0;
  for (const Sighting& thing : things) {
    least = std::max(least, Closeness(thing.distance_m).low);
  }
  const double bin_rad = kFullTurn / bins;
  for (const Sighting& thing : things) {
    const double high = Closeness(thing.distance_m).high;
    if (high < least) continue;  // another one is nearer
    const auto from = static_cast<int>(std::floor(thing.bearing_rad.low / bin_rad));
    const auto to = static_cast<int>(std::floor(thing.bearing_rad.high / bin_rad));
    for (int i = from; i <= std::min(to, from + bins - 1); ++i) {
      double& here = most[static_cast<std::size_t>(((i % bins) + bins) % bins)];
      here = std::max(here, high);
    }
  }
  std::vector<NearestBin> nearest;
  for (int b = 0; b < bins; ++b) {
    const double high = most[static_cast<std::size_t>(b)];
    if (high >= 0.0) nearest.push_back({b, {least, high}});
  }
  const bool nothing_near = things.empty() || std::ranges::max(most) <= kRounding;
  if (nothing_near) return {{0, {0.0, kRounding}}};
  return nearest;
}

}  // namespace lookout::agents
