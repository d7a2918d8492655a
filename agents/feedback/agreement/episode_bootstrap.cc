#include "agents/feedback/agreement/episode_bootstrap.h"

#include "sim/base/random_state.h"

namespace lookout::agents {
namespace {

// Between the two nearest, as NumPy does it.
double Percentile(const std::vector<double>& ascending, double fraction) {
  const double place = fraction * static_cast<double>(ascending.size() - 1);
  const auto below = static_cast<std::size_t>(place);
  const std::size_t above = std::min(below + 1, ascending.size() - 1);
  return ascending[below] + (place - std::floor(place)) * (ascending[above] - ascending[below]);
}

}  // namespace

EpisodeBootstrap::EpisodeBootstrap(int episodes, int draws, std::uint32_t seed)
    : episodes_(episodes), draws_(episodes < 2 ? 0 : draws) {
  const auto count = static_cast<std::size_t>(episodes_);
  weights_.assign(count * (static_cast<std::size_t>(draws_) + 1), 0);
  std::fill_n(weights_.begin(), count, std::uint16_t{1});
  RandomState random(seed);
  for (std::size_t draw = 1; draw <= static_cast<std::size_t>(draws_); ++draw) {
    for (std::size_t i = 0; i < count; ++i) {
      ++weights_[draw * count + static_cast<std::size_t>(random.Choice(episodes_))];
    }
  }
}

void EpisodeBootstrap::SetInterval(std::vector<double>& drawn, Estimate& estimate) const {
  constexpr double kOutside = 0.025;  // on either side
  if (drawn.empty() || 2 * drawn.size() < static_cast<std::size_t>(draws_)) return;
  std::ranges::sort(drawn);
  estimate.low = Percentile(drawn, kOutside);
  estimate.high = Percentile(drawn, 1.0 - kOutside);
}

double WeightedMean(std::span<const double> values, std::span<const std::uint16_t> weights) {
  double sum = 0.0;
  double count = 0.0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    sum += double(weights[i]) * values[i];
    count += double(weights[i]);
  }
  return sum / count;
}

Estimate MeanOver(std::span<const double> values, const EpisodeBootstrap& bootstrap) {
  return bootstrap.Of(
      [values](std::span<const std::uint16_t> weights) { return WeightedMean(values, weights); });
}

}  // namespace lookout::agents
