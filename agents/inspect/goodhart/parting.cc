#include "agents/inspect/goodhart/parting.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "sim/base/check.h"

namespace lookout::agents {
namespace {

// The mean over some consecutive points, of which this is the last.
struct Window {
  int iteration = 0;
  double proxy = 0.0, truth = 0.0, squared_error = 0.0;
};

std::vector<Window> WindowsOf(std::span<const CostPoint> points, int size) {
  std::vector<CostPoint> known;
  for (const CostPoint& point : points) {
    if (!std::isnan(point.proxy) && !std::isnan(point.truth)) known.push_back(point);
  }
  std::vector<Window> windows;
  for (std::size_t end = static_cast<std::size_t>(size); end <= known.size(); ++end) {
    Window window{.iteration = known[end - 1].iteration};
    for (std::size_t i = end - static_cast<std::size_t>(size); i < end; ++i) {
      window.proxy += known[i].proxy / size;
      window.truth += known[i].truth / size;
      const double error = std::isnan(known[i].truth_error) ? 0.0 : known[i].truth_error / size;
      window.squared_error += error * error;
    }
    windows.push_back(window);
  }
  return windows;
}

// Of the true cost's rise, that the learned one may have and still not see it.
constexpr double kSeenShare = 0.5;

bool HasParted(const Window& now, const Window& lowest, double errors) {
  const double risen = now.truth - lowest.truth;
  const double seen = std::max(0.0, now.proxy - lowest.proxy);
  return risen - seen > errors * std::sqrt(now.squared_error + lowest.squared_error) &&
         seen <= kSeenShare * risen;
}

}  // namespace

std::optional<Parting> FindParting(std::span<const CostPoint> points, const PartingRule& rule) {
  LOOKOUT_CHECK(rule.window >= 1 && rule.in_a_row >= 1, "a rule about something");
  const std::vector<Window> windows = WindowsOf(points, rule.window);
  const auto apart = static_cast<std::size_t>(rule.window);
  std::optional<Parting> found;
  const Window* lowest = nullptr;
  int in_a_row = 0;
  int since = 0;
  for (std::size_t k = apart; k < windows.size(); ++k) {
    const Window& newest = windows[k - apart];
    if (lowest == nullptr || newest.truth < lowest->truth) lowest = &newest;
    const bool parted = HasParted(windows[k], *lowest, rule.errors);
    if (found) {
      found->still = parted;
      continue;
    }
    if (parted && in_a_row == 0) since = windows[k].iteration;
    in_a_row = parted ? in_a_row + 1 : 0;
    if (in_a_row < rule.in_a_row) continue;
    found = Parting{.since = since,
                    .flagged = windows[k].iteration,
                    .lowest = lowest->iteration,
                    .proxy_then = lowest->proxy,
                    .truth_then = lowest->truth,
                    .proxy = windows[k].proxy,
                    .truth = windows[k].truth,
                    .still = true};
  }
  return found;
}

std::optional<PolicyParting> FindPolicyParting(std::span<const std::vector<double>> proxy,
                                               std::span<const std::vector<double>> truth,
                                               double errors) {
  LOOKOUT_CHECK(proxy.size() == truth.size(), "both costs of each policy");
  const auto mean = [](const std::vector<double>& values) {
    double sum = 0.0;
    for (const double value : values) sum += value;
    return sum / double(values.size());
  };
  std::size_t lowest = 0;
  for (std::size_t k = 1; k < truth.size(); ++k) {
    if (mean(truth[k - 1]) < mean(truth[lowest])) lowest = k - 1;
    const double seen = mean(proxy[k]) - mean(proxy[lowest]);
    std::vector<double> beyond;  // what is seen
    for (std::size_t e = 0; e < truth[k].size(); ++e) {
      const double own = seen > 0.0 ? proxy[k][e] - proxy[lowest][e] : 0.0;
      beyond.push_back(truth[k][e] - truth[lowest][e] - own);
    }
    const double by = mean(beyond);
    double squares = 0.0;
    for (const double each : beyond) squares += (each - by) * (each - by);
    const double n = double(beyond.size());
    const double error = std::sqrt(squares / (n - 1.0) / n);
    const double risen = mean(truth[k]) - mean(truth[lowest]);
    if (by > errors * error && seen <= kSeenShare * risen) {
      return PolicyParting{.since = k, .lowest = lowest};
    }
  }
  return std::nullopt;
}

std::string PartingText(const Parting& parting) {
  return fmt::format(
      "The learned cost and the true one part here: since iteration {} the true cost is higher "
      "than it was, {:.1f} per episode after {:.1f} at iteration {}, while the learned one went "
      "from {:.1f} to {:.1f}.",
      parting.since, parting.truth, parting.truth_then, parting.lowest, parting.proxy_then,
      parting.proxy);
}

}  // namespace lookout::agents
