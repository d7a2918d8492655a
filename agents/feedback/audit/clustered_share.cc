#include "agents/feedback/audit/clustered_share.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "sim/base/check.h"

namespace lookout::agents {
namespace {

constexpr double kTailOfShare = 0.025;  // of a 95 % interval, to either side

// By halving; to about 1e-14 of itself.
double QuantileOfBeta(double a, double b, double probability) {
  double low = 0.0;
  double high = 1.0;
  for (int i = 0; i < 200 && high - low > 1e-14 * high; ++i) {
    const double middle = 0.5 * (low + high);
    (BetaProbability(a, b, middle) < probability ? low : high) = middle;
  }
  return 0.5 * (low + high);
}

// Clopper and Pearson's, of numbers that need not be whole.
ExactInterval ShareOfEffective(double successes, double trials) {
  const double failures = trials - successes;
  return {successes / trials,
          successes <= 0.0 ? 0.0 : QuantileOfBeta(successes, failures + 1.0, kTailOfShare),
          failures <= 0.0 ? 1.0 : QuantileOfBeta(successes + 1.0, failures, 1.0 - kTailOfShare)};
}

// What Student's t stays within, to either side, with 95 %.
double StudentReach(double degrees) {
  const double share = QuantileOfBeta(0.5, 0.5 * degrees, 1.0 - 2.0 * kTailOfShare);
  return std::sqrt(degrees * share / (1.0 - share));
}

struct Sums {
  double successes = 0.0;
  double trials = 0.0;
  double episodes = 0.0;  // that have trials
};

Sums SumsOf(std::span<const EpisodeTrials> episodes) {
  Sums sums;
  for (const EpisodeTrials& episode : episodes) {
    LOOKOUT_CHECK(0 <= episode.successes && episode.successes <= episode.trials,
                  "successes among trials");
    sums.successes += static_cast<double>(episode.successes);
    sums.trials += static_cast<double>(episode.trials);
    sums.episodes += episode.trials > 0 ? 1.0 : 0.0;
  }
  return sums;
}

}  // namespace

ExactInterval ClusteredShareOf(std::span<const EpisodeTrials> episodes) {
  constexpr double kUnknownShare = std::numeric_limits<double>::quiet_NaN();
  const auto [successes, trials, clusters] = SumsOf(episodes);
  if (trials == 0.0) return {kUnknownShare, kUnknownShare, kUnknownShare};
  const double share = successes / trials;
  if (clusters < 2.0) return {share, 0.0, 1.0};
  double squares = 0.0;
  for (const EpisodeTrials& episode : episodes) {
    const double off =
        static_cast<double>(episode.successes) - share * static_cast<double>(episode.trials);
    squares += off * off;
  }
  const double variance = clusters / (clusters - 1.0) * squares / (trials * trials);
  const double independent = share * (1.0 - share);  // of one trial
  if (independent == 0.0) return ShareOfEffective(share * clusters, clusters);
  const double fewer = StudentReach(trials - 1.0) / StudentReach(clusters - 1.0);
  const double effective = std::min(trials, independent / variance * fewer * fewer);
  return ShareOfEffective(share * effective, effective);
}

}  // namespace lookout::agents
