#include "agents/feedback/models/evaluation.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "sim/base/check.h"

namespace lookout::agents {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
constexpr int kBins = 10;

// The rows from the lowest score to the highest.
std::vector<std::size_t> ByScore(std::span<const float> scores) {
  std::vector<std::size_t> order(scores.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::sort(order, {}, [&](std::size_t row) { return scores[row]; });
  return order;
}

}  // namespace

double RocAuc(std::span<const float> scores, std::span<const std::uint8_t> unsafe) {
  LOOKOUT_CHECK(scores.size() == unsafe.size(), "one score for each row");
  const std::vector<std::size_t> order = ByScore(scores);

  // Walks up through groups of equal score: an unsafe row beats all safe ones below its group.
  double wins = 0.0;
  double safe_below = 0.0;
  double unsafe_rows = 0.0;
  for (std::size_t begin = 0; begin < order.size();) {
    double safe_here = 0.0;
    double unsafe_here = 0.0;
    std::size_t end = begin;
    for (; end < order.size() && scores[order[end]] == scores[order[begin]]; ++end) {
      ++(unsafe[order[end]] != 0 ? unsafe_here : safe_here);
    }
    wins += unsafe_here * (safe_below + 0.5 * safe_here);
    safe_below += safe_here;
    unsafe_rows += unsafe_here;
    begin = end;
  }
  const double pairs = unsafe_rows * safe_below;
  return pairs > 0.0 ? wins / pairs : kNan;
}

std::vector<RocPoint> RocCurve(std::span<const float> scores, std::span<const std::uint8_t> unsafe,
                               float resolution) {
  LOOKOUT_CHECK(scores.size() == unsafe.size(), "one score for each row");
  const auto positive = [](std::uint8_t row) { return row != 0; };
  const auto unsafe_rows = static_cast<double>(std::ranges::count_if(unsafe, positive));
  const double safe_rows = static_cast<double>(unsafe.size()) - unsafe_rows;
  if (unsafe_rows == 0.0 || safe_rows == 0.0) return {};
  std::vector<RocPoint> curve{RocPoint{}};
  const std::vector<std::size_t> order = ByScore(scores);
  double hits = 0.0;
  double alarms = 0.0;
  for (std::size_t left = order.size(); left-- > 0;) {
    ++(unsafe[order[left]] != 0 ? hits : alarms);
    if (left > 0 && scores[order[left - 1]] == scores[order[left]]) continue;
    const RocPoint point{static_cast<float>(alarms / safe_rows),
                         static_cast<float>(hits / unsafe_rows)};
    const RocPoint& last = curve.back();
    const bool near =
        point.false_alarms - last.false_alarms < resolution && point.hits - last.hits < resolution;
    if (!near || left == 0) curve.push_back(point);
  }
  return curve;
}

double BrierScore(std::span<const float> probabilities, std::span<const std::uint8_t> unsafe) {
  LOOKOUT_CHECK(probabilities.size() == unsafe.size(), "one probability for each row");
  double sum = 0.0;
  for (std::size_t row = 0; row < unsafe.size(); ++row) {
    const double error = double(probabilities[row]) - double(unsafe[row]);
    sum += error * error;
  }
  return unsafe.empty() ? kNan : sum / static_cast<double>(unsafe.size());
}

std::vector<ReliabilityBin> ReliabilityBins(std::span<const float> probabilities,
                                            std::span<const std::uint8_t> unsafe) {
  LOOKOUT_CHECK(probabilities.size() == unsafe.size(), "one probability for each row");
  std::vector<double> predicted(kBins, 0.0);
  std::vector<double> observed(kBins, 0.0);
  std::vector<ReliabilityBin> bins(kBins);
  for (std::size_t row = 0; row < unsafe.size(); ++row) {
    const double scaled = double(probabilities[row]) * kBins;
    const auto bin = static_cast<std::size_t>(std::clamp(scaled, 0.0, kBins - 1.0));
    predicted[bin] += double(probabilities[row]);
    observed[bin] += double(unsafe[row]);
    ++bins[bin].count;
  }
  for (std::size_t bin = 0; bin < bins.size(); ++bin) {
    if (bins[bin].count == 0) continue;
    const auto count = static_cast<double>(bins[bin].count);
    bins[bin].mean_predicted = static_cast<float>(predicted[bin] / count);
    bins[bin].fraction_unsafe = static_cast<float>(observed[bin] / count);
  }
  return bins;
}

double ExpectedCalibrationError(std::span<const ReliabilityBin> bins) {
  double sum = 0.0;
  double rows = 0.0;
  for (const ReliabilityBin& bin : bins) {
    const auto count = static_cast<double>(bin.count);
    sum += count * std::abs(double(bin.mean_predicted) - double(bin.fraction_unsafe));
    rows += count;
  }
  return rows > 0.0 ? sum / rows : kNan;
}

}  // namespace lookout::agents
