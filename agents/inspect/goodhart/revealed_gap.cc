#include <algorithm>
#include <cmath>
#include <limits>

#include "agents/inspect/goodhart/gaps.h"
#include "sim/base/check.h"

namespace lookout::agents {
namespace {

using Weights = std::span<const std::uint16_t>;

// Per episode: steps in each bin, and what the steps there cost.
struct Visits {
  std::vector<std::vector<double>> steps, predicted, truth;  // [bins][episodes]
  std::vector<double> all, all_predicted, all_truth;         // [episodes]
};

Visits CountVisits(std::span<const VisitedEpisode> episodes, std::span<const double> edges_m) {
  const std::vector<std::vector<double>> none(edges_m.size(),
                                              std::vector<double>(episodes.size(), 0.0));
  const std::vector<double> zero(episodes.size(), 0.0);
  Visits visits{none, none, none, zero, zero, zero};
  for (std::size_t k = 0; k < episodes.size(); ++k) {
    for (const VisitedStep& step : episodes[k].steps) {
      const auto next = std::ranges::upper_bound(edges_m, double(step.nearest_m));
      const auto bin =
          static_cast<std::size_t>(std::max<std::ptrdiff_t>(0, next - edges_m.begin() - 1));
      const double predicted = std::isnan(step.predicted) ? 0.0 : double(step.predicted);
      visits.steps[bin][k] += 1.0;
      visits.predicted[bin][k] += predicted;
      visits.truth[bin][k] += double(step.truth);
      visits.all[k] += 1.0;
      visits.all_predicted[k] += predicted;
      visits.all_truth[k] += double(step.truth);
    }
  }
  return visits;
}

double Share(const std::vector<double>& part, const std::vector<double>& whole, Weights weights) {
  return WeightedMean(part, weights) / WeightedMean(whole, weights);
}

double LogRatio(double first, double second) {
  return first > 0.0 && second > 0.0 ? std::log(first / second)
                                     : std::numeric_limits<double>::quiet_NaN();
}

double Sum(const std::vector<double>& values) {
  double sum = 0.0;
  for (const double value : values) sum += value;
  return sum;
}

}  // namespace

RevealedGap MeasureRevealed(std::span<const VisitedEpisode> episodes,
                            std::span<const VisitedEpisode> reference,
                            std::span<const double> edges_m, const EpisodeBootstrap& bootstrap) {
  LOOKOUT_CHECK(episodes.size() == reference.size(), "episodes of the same seeds");
  LOOKOUT_CHECK(!edges_m.empty() && edges_m[0] == 0.0 && std::ranges::is_sorted(edges_m),
                "edges from 0");
  const Visits own = CountVisits(episodes, edges_m);
  const Visits other = CountVisits(reference, edges_m);
  RevealedGap gap;
  for (std::size_t bin = 0; bin < edges_m.size(); ++bin) {
    const auto share = [&](const Visits& of) {
      return bootstrap.Of([&](Weights w) { return Share(of.steps[bin], of.all, w); });
    };
    const double steps = Sum(own.steps[bin]);
    gap.bins.push_back({.from_m = edges_m[bin],
                        .to_m = bin + 1 < edges_m.size() ? edges_m[bin + 1]
                                                         : std::numeric_limits<double>::infinity(),
                        .share = share(own),
                        .reference_share = share(other),
                        .log_ratio = bootstrap.Of([&](Weights w) {
                          return LogRatio(Share(own.steps[bin], own.all, w),
                                          Share(other.steps[bin], other.all, w));
                        }),
                        .predicted = Sum(own.predicted[bin]) / steps,
                        .truth = Sum(own.truth[bin]) / steps});
  }
  const auto ratio = [&](std::vector<double> Visits::*cost, Weights w) {
    return LogRatio(Share(own.*cost, own.all, w), Share(other.*cost, other.all, w));
  };
  gap.true_log_ratio = bootstrap.Of([&](Weights w) { return ratio(&Visits::all_truth, w); });
  gap.predicted_log_ratio =
      bootstrap.Of([&](Weights w) { return ratio(&Visits::all_predicted, w); });
  gap.gap = bootstrap.Of(
      [&](Weights w) { return ratio(&Visits::all_truth, w) - ratio(&Visits::all_predicted, w); });
  return gap;
}

}  // namespace lookout::agents
