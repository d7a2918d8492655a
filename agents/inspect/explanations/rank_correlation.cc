#include "agents/inspect/explanations/rank_correlation.h"

#include <Eigen/Core>
#include <algorithm>
#include <limits>
#include <numeric>
#include <vector>

#include "sim/base/check.h"

namespace lookout::agents {
namespace {

// From 1, less their mean.
Eigen::VectorXd CentredRanks(std::span<const double> values) {
  std::vector<std::size_t> order(values.size());
  std::iota(order.begin(), order.end(), 0);
  std::ranges::sort(order, {}, [&](std::size_t i) { return values[i]; });
  Eigen::VectorXd ranks(std::ssize(values));
  for (std::size_t begin = 0; begin < order.size();) {
    std::size_t end = begin;
    while (end < order.size() && values[order[end]] == values[order[begin]]) ++end;
    const double rank = 0.5 * static_cast<double>(begin + 1 + end);
    for (; begin < end; ++begin) ranks[static_cast<Eigen::Index>(order[begin])] = rank;
  }
  if (ranks.size() > 0) ranks.array() -= ranks.mean();
  return ranks;
}

}  // namespace

double RankCorrelation(std::span<const double> a, std::span<const double> b) {
  LOOKOUT_CHECK(a.size() == b.size(), "a rank correlation is of pairs");
  const Eigen::VectorXd ranks_a = CentredRanks(a);
  const Eigen::VectorXd ranks_b = CentredRanks(b);
  const double size = ranks_a.norm() * ranks_b.norm();
  return size > 0.0 ? ranks_a.dot(ranks_b) / size : std::numeric_limits<double>::quiet_NaN();
}

}  // namespace lookout::agents
