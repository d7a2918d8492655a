// Intervals by drawing whole episodes again with replacement (Efron 1979): the steps of one episode
// hang together, so they do not count each for itself. Value types; any thread.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

namespace lookout::agents {

// A figure and its 95 % interval; NaN where there is none.
struct Estimate {
  double value = std::numeric_limits<double>::quiet_NaN();
  double low = std::numeric_limits<double>::quiet_NaN();
  double high = std::numeric_limits<double>::quiet_NaN();
};

// The same draws for every figure. Same numbers and seed: same draws.
class EpisodeBootstrap {
 public:
  // draws: 0: no intervals. Of fewer than two episodes there is nothing to draw.
  EpisodeBootstrap(int episodes, int draws, std::uint32_t seed);

  // figure(weights): of the episodes counted weights[k] times each, [episodes]. The interval goes
  // from the 2.5th to the 97.5th percentile of the draws in which the figure is defined; there is
  // none if that is not so in half of them.
  template <typename Figure>
  Estimate Of(const Figure& figure) const {
    Estimate estimate;
    estimate.value = figure(Weights(0));
    std::vector<double> drawn;
    drawn.reserve(static_cast<std::size_t>(draws_));
    for (int draw = 1; draw <= draws_; ++draw) {
      const double value = figure(Weights(draw));
      if (!std::isnan(value)) drawn.push_back(value);
    }
    SetInterval(drawn, estimate);
    return estimate;
  }

 private:
  // Of draw 0 all are 1.
  std::span<const std::uint16_t> Weights(int draw) const {
    const auto episodes = static_cast<std::size_t>(episodes_);
    return std::span(weights_).subspan(static_cast<std::size_t>(draw) * episodes, episodes);
  }
  void SetInterval(std::vector<double>& drawn, Estimate& estimate) const;

  int episodes_;
  int draws_;
  std::vector<std::uint16_t> weights_;  // [1 + draws][episodes]
};

// The mean of values that count so many times each; NaN if none does. values, weights: [n].
double WeightedMean(std::span<const double> values, std::span<const std::uint16_t> weights);

// The mean over the episodes. values: [episodes].
Estimate MeanOver(std::span<const double> values, const EpisodeBootstrap& bootstrap);

}  // namespace lookout::agents
