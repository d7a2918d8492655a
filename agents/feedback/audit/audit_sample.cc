#include "agents/feedback/audit/audit_sample.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "sim/base/check.h"
#include "sim/base/random_state.h"

namespace lookout::agents {
namespace {

// In ascending order of what is predicted, those alike in random order.
std::vector<std::size_t> DrawingOrder(std::span<const double> predicted, RandomState& random) {
  std::vector<std::size_t> order(predicted.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  for (std::size_t i = order.size(); i > 1; --i) {
    std::swap(order[i - 1], order[static_cast<std::size_t>(random.Choice(static_cast<int>(i)))]);
  }
  std::ranges::stable_sort(order, {}, [&](std::size_t i) { return predicted[i]; });
  return order;
}

}  // namespace

std::vector<double> AuditChances(std::span<const double> predicted, const AuditSettings& settings) {
  LOOKOUT_CHECK(settings.clips > 0 && settings.uniform > 0.0 && settings.uniform <= 1.0,
                "an audit draws clips, and some of them by nothing but chance");
  const auto count = static_cast<double>(predicted.size());
  if (count <= settings.clips) return std::vector<double>(predicted.size(), 1.0);
  double sum = 0.0;
  for (const double cost : predicted) sum += cost;
  std::vector<double> share;
  for (const double cost : predicted) {
    share.push_back(sum > 0.0 ? settings.uniform / count + (1.0 - settings.uniform) * cost / sum
                              : 1.0 / count);
  }
  // Each turn makes some more certain, or none, and then the others' chances are right.
  std::vector<double> chances(share.size(), 0.0);
  double scale = settings.clips;
  for (std::size_t certain = 0, before = 1; certain != before;) {
    before = std::exchange(certain, 0);
    double others = 0.0;
    for (std::size_t i = 0; i < share.size(); ++i) {
      chances[i] = std::min(1.0, scale * share[i]);
      if (chances[i] == 1.0) {
        ++certain;
      } else {
        others += share[i];
      }
    }
    if (others > 0.0) scale = (settings.clips - static_cast<double>(certain)) / others;
  }
  return chances;
}

std::vector<AuditDraw> DrawAudit(std::span<const double> predicted, const AuditSettings& settings) {
  const std::vector<double> chances = AuditChances(predicted, settings);
  RandomState random(settings.seed);
  const std::vector<std::size_t> order = DrawingOrder(predicted, random);
  double next = random.RandomSample();  // drawn is the clip in whose stretch of the line it lies
  double end = 0.0;
  std::vector<AuditDraw> draws;
  for (const std::size_t clip : order) {
    end += chances[clip];
    // One drawn for certain is as long as the distance between two places, up to rounding.
    if (end <= next && chances[clip] < 1.0) continue;
    draws.push_back({clip, chances[clip]});
    next += 1.0;
  }
  return draws;
}

}  // namespace lookout::agents
