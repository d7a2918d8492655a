#include "agents/feedback/audit/audit_estimate.h"

#include <algorithm>
#include <vector>

#include "agents/feedback/audit/gamma_quantile.h"
#include "sim/base/check.h"

namespace lookout::agents {
namespace {

constexpr double kOutside = 0.025;  // on either side

// Of the gamma distribution of that mean and variance; the mean itself where nothing varies.
double QuantileOf(double mean, double variance, double probability) {
  if (mean <= 0.0 || variance <= 0.0) return std::max(0.0, mean);
  return variance / mean * GammaQuantile(mean * mean / variance, probability);
}

struct Told {
  double sum = 0.0;          // of the x
  double variance = 0.0;     // of that sum
  double mean_weight = 0.0;  // 1 / (pi E)
  double dangerous_cost = 0.0;
};

Told Read(std::span<const AuditAnswer> answers, const AuditPool& pool) {
  const auto count = static_cast<double>(answers.size());
  Told told;
  double costs = pool.most_cost;
  double dangerous = 1.0;
  std::vector<double> parts;
  for (const AuditAnswer& answer : answers) {
    const double weight = 1.0 / (answer.chance * pool.episodes);
    parts.push_back(weight * answer.cost);
    told.sum += parts.back();
    told.mean_weight += weight / count;
    if (answer.cost <= 0.0) continue;
    costs += answer.cost;
    dangerous += 1.0;
  }
  told.dangerous_cost = costs / dangerous;
  if (answers.size() < 2) return told;
  for (const double part : parts) {
    const double off = part - told.sum / count;
    told.variance += off * off * count / (count - 1.0);
  }
  told.variance *= 1.0 + 2.0 * count / static_cast<double>(pool.clips);
  return told;
}

}  // namespace

Estimate AuditedCost(std::span<const AuditAnswer> answers, const AuditPool& pool) {
  LOOKOUT_CHECK(pool.episodes > 0 && pool.most_cost > 0.0 && pool.episode_steps > 0.0,
                "an audit is of episodes with steps");
  if (answers.empty()) return {};
  const Told told = Read(answers, pool);
  const double further = told.mean_weight * told.dangerous_cost;
  Estimate cost{.value = told.sum, .low = 0.0, .high = 0.0};
  cost.low = QuantileOf(told.sum, told.variance, kOutside);
  cost.high = QuantileOf(told.sum + further, told.variance + further * further, 1.0 - kOutside);
  cost.high = std::max(told.sum, std::min(cost.high, pool.episode_steps));
  return cost;
}

}  // namespace lookout::agents
