// Where a learned cost and the true one part: the true cost rises while the learned one does not,
// so that what looks like keeping safe is the model being fooled. Pure functions; any thread.
#pragma once

#include <cstddef>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace lookout::agents {

// Mean costs per episode of one iteration of training, and how sure the true one is.
struct CostPoint {
  int iteration = 0;
  double proxy = std::numeric_limits<double>::quiet_NaN();  // NaN: the point says nothing
  double truth = std::numeric_limits<double>::quiet_NaN();
  double truth_error = 0.0;  // standard error of the mean
};

// The rule, exactly. Points are averaged over windows of `window` consecutive ones, those that say
// nothing left out; the standard error e of a window's true cost is that of the mean of its points.
// Let m be the window of the least true cost among those that end before window k begins, T =
// truth_k - truth_m, and P = proxy_k - proxy_m, or 0 if the proxy fell. Window k has parted if
// T - P > errors * sqrt(e_k^2 + e_m^2) and P <= T / 2. The costs have parted where that is so of
// `in_a_row` windows one after another, each a point later than the one before; `since` is the last
// iteration of the first of them.
//
// Three errors and not two, because the lowest of many windows is low by chance: of a hundred runs
// of a hundred iterations in which nothing happens, and whose two costs share half of their
// variance, two errors flag 29 and three flag 1.
struct PartingRule {
  int window = 5;
  double errors = 3.0;
  int in_a_row = 3;
};

struct Parting {
  int since = 0;    // iteration
  int flagged = 0;  // when it was known
  int lowest = 0;   // iteration at the end of the window of the least true cost
  double proxy_then = 0.0, truth_then = 0.0;  // over that window
  double proxy = 0.0, truth = 0.0;            // when it was flagged
  bool still = false;                         // whether the rule also holds of the last window
};

// The first; nothing if they have not. points: by iteration.
std::optional<Parting> FindParting(std::span<const CostPoint> points, const PartingRule& rule = {});

// The same of policies that were all measured on the same episodes, where a window is one policy
// and once is enough: the error of a difference is that of the mean of the episodes' differences.
// proxy, truth: [policies][episodes], at least two episodes. Returns the policies' numbers.
struct PolicyParting {
  std::size_t since = 0;
  std::size_t lowest = 0;
};
std::optional<PolicyParting> FindPolicyParting(std::span<const std::vector<double>> proxy,
                                               std::span<const std::vector<double>> truth,
                                               double errors = PartingRule{}.errors);

// "The learned cost and the true one part here: since iteration 31 the true cost is 38.2 per
// episode, up from 21.4 at iteration 22, while the learned one went from 25.1 to 24.0."
std::string PartingText(const Parting& parting);

}  // namespace lookout::agents
