// Regressional Goodhart: who selects by a noisy proxy selects its noise as well. The line of the
// truth on the proxy, and best-of-n selection by the proxy against the truth. Pure functions; any
// thread.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "agents/feedback/agreement/episode_bootstrap.h"
#include "agents/inspect/goodhart/visits.h"

namespace lookout::agents {

// Sums of pairs (x, y), from which any weighing of groups of them gives a line.
struct LineSums {
  double n = 0.0, x = 0.0, y = 0.0, xx = 0.0, xy = 0.0, yy = 0.0;
  void Add(double x_value, double y_value);
  void Add(const LineSums& other, double times);
};

// y = intercept + slope x by least squares; the deviation is that of y around it, the correlation
// Pearson's. All NaN where x does not vary, and the correlation where y does not.
struct FittedLine {
  double slope = 0.0, intercept = 0.0, residual_deviation = 0.0, correlation = 0.0;
};
FittedLine LineOf(const LineSums& sums);

struct RegressionReport {
  std::int64_t pairs = 0;
  Estimate slope;  // 1: what is predicted is what is to be expected; below: it exaggerates
  Estimate intercept, residual_deviation, correlation;
};

// The true cost of a step given what is predicted, over the steps that can be judged; and the same
// of whole episodes' costs. bootstrap: of as many episodes.
RegressionReport RegressSteps(std::span<const VisitedEpisode> episodes,
                              const EpisodeBootstrap& bootstrap);
RegressionReport RegressEpisodes(std::span<const VisitedEpisode> episodes,
                                 const EpisodeBootstrap& bootstrap);

// Of all ways to draw n of the items without replacement, what the one with the least proxy is
// worth in the mean: proxy and truth. Of items with the same proxy each is as likely taken. proxy,
// truth: [items]; 1 <= n <= items.
struct BestOfN {
  double proxy = 0.0, truth = 0.0;
};
BestOfN LeastOfN(std::span<const double> proxy, std::span<const double> truth, int n);

// KL divergence of best-of-n from the policy that it chooses from, ln n - (n - 1) / n: exact where
// no two are alike (Gao, Schulman and Hilton 2022, section 2.1).
double BestOfNKl(int n);

struct BestOfNPoint {
  int n = 1;
  double kl = 0.0;
  Estimate proxy, truth;  // per episode
  // What the truth would be if selection did nothing but regress: on the line of RegressEpisodes.
  Estimate on_line;
  Estimate beyond_line;  // truth less that: more than regression takes away
};

// For n = 1, 2, 4, ... up to a quarter of the episodes (of fewer than eight: 1 and 2), so that what
// is chosen is not always the same one.
std::vector<BestOfNPoint> BestOfNCurve(std::span<const VisitedEpisode> episodes,
                                       const EpisodeBootstrap& bootstrap);

// The episodes that cost more than predicted, those first that did so by most.
std::vector<WorstCase> WorstEpisodes(std::span<const VisitedEpisode> episodes, std::size_t most);

}  // namespace lookout::agents
