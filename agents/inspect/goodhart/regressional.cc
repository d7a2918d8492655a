#include "agents/inspect/goodhart/regressional.h"

#include <algorithm>
#include <numeric>

#include "sim/base/check.h"

namespace lookout::agents {
namespace {

using Weights = std::span<const std::uint16_t>;

FittedLine WeightedLine(const std::vector<LineSums>& by_episode, Weights weights) {
  LineSums all;
  for (std::size_t k = 0; k < by_episode.size(); ++k) all.Add(by_episode[k], double(weights[k]));
  return LineOf(all);
}

RegressionReport RegressionOf(const std::vector<LineSums>& by_episode,
                              const EpisodeBootstrap& bootstrap) {
  RegressionReport report;
  LineSums all;
  for (const LineSums& sums : by_episode) all.Add(sums, 1.0);
  report.pairs = static_cast<std::int64_t>(all.n);
  // Where the truth varies, draws of episodes in which it does not say nothing of the line.
  const bool varies = !std::isnan(LineOf(all).correlation);
  const auto of = [&](double FittedLine::*figure) {
    return bootstrap.Of([&](Weights weights) {
      const FittedLine line = WeightedLine(by_episode, weights);
      const bool is_line = !varies || !std::isnan(line.correlation);
      return is_line ? line.*figure : std::numeric_limits<double>::quiet_NaN();
    });
  };
  report.slope = of(&FittedLine::slope);
  report.intercept = of(&FittedLine::intercept);
  report.residual_deviation = of(&FittedLine::residual_deviation);
  report.correlation = of(&FittedLine::correlation);
  return report;
}

// The costs of episodes, each as often as it was drawn.
struct DrawnCosts {
  std::vector<double> proxy, truth;
};

DrawnCosts Drawn(const std::vector<double>& proxy, const std::vector<double>& truth,
                 Weights weights) {
  DrawnCosts drawn;
  for (std::size_t k = 0; k < proxy.size(); ++k) {
    drawn.proxy.insert(drawn.proxy.end(), weights[k], proxy[k]);
    drawn.truth.insert(drawn.truth.end(), weights[k], truth[k]);
  }
  return drawn;
}

double OnLine(const DrawnCosts& costs, double proxy) {
  LineSums sums;
  for (std::size_t k = 0; k < costs.proxy.size(); ++k) sums.Add(costs.proxy[k], costs.truth[k]);
  const FittedLine line = LineOf(sums);
  return line.intercept + line.slope * proxy;
}

}  // namespace

void LineSums::Add(double x_value, double y_value) {
  Add({1.0, x_value, y_value, x_value * x_value, x_value * y_value, y_value * y_value}, 1.0);
}

void LineSums::Add(const LineSums& other, double times) {
  n += times * other.n;
  x += times * other.x;
  y += times * other.y;
  xx += times * other.xx;
  xy += times * other.xy;
  yy += times * other.yy;
}

FittedLine LineOf(const LineSums& sums) {
  constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
  constexpr double kRounding = 1e-12;  // of sums of squares, relative
  if (sums.n <= 0.0) return {kNan, kNan, kNan, kNan};
  const double xx = sums.xx - sums.x * sums.x / sums.n;
  const double xy = sums.xy - sums.x * sums.y / sums.n;
  const double yy = std::max(0.0, sums.yy - sums.y * sums.y / sums.n);
  if (!(xx > kRounding * sums.xx)) return {kNan, kNan, kNan, kNan};
  const double slope = xy / xx;
  const bool varies = yy > kRounding * sums.yy;
  return {.slope = slope,
          .intercept = (sums.y - slope * sums.x) / sums.n,
          .residual_deviation = std::sqrt(std::max(0.0, yy - slope * xy) / sums.n),
          .correlation = varies ? std::clamp(xy / std::sqrt(xx * yy), -1.0, 1.0) : kNan};
}

RegressionReport RegressSteps(std::span<const VisitedEpisode> episodes,
                              const EpisodeBootstrap& bootstrap) {
  std::vector<LineSums> by_episode;
  for (const VisitedEpisode& episode : episodes) {
    LineSums& sums = by_episode.emplace_back();
    for (const VisitedStep& step : episode.steps) {
      if (!std::isnan(step.predicted)) sums.Add(double(step.predicted), double(step.truth));
    }
  }
  return RegressionOf(by_episode, bootstrap);
}

RegressionReport RegressEpisodes(std::span<const VisitedEpisode> episodes,
                                 const EpisodeBootstrap& bootstrap) {
  std::vector<LineSums> by_episode;
  for (const VisitedEpisode& episode : episodes) {
    by_episode.emplace_back().Add(PredictedCostOf(episode), TrueCostOf(episode));
  }
  return RegressionOf(by_episode, bootstrap);
}

// The item at place i of N, ascending, is the least of n if the others come from the N - i - 1
// above it: in C(N - i - 1, n - 1) of C(N, n) draws.
BestOfN LeastOfN(std::span<const double> proxy, std::span<const double> truth, int n) {
  const auto items = static_cast<int>(proxy.size());
  LOOKOUT_CHECK(truth.size() == proxy.size() && 1 <= n && n <= items, "n of the items");
  std::vector<std::size_t> order(proxy.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, [&](auto a, auto b) { return proxy[a] < proxy[b]; });
  BestOfN best;
  double chance = double(n) / items;
  for (std::size_t begin = 0; begin < order.size();) {
    std::size_t end = begin;  // of those with the same proxy
    double chance_of_all = 0.0;
    double truth_of_all = 0.0;
    for (; end < order.size() && proxy[order[end]] == proxy[order[begin]]; ++end) {
      chance_of_all += chance;
      truth_of_all += truth[order[end]];
      const double left = items - double(end) - 1.0;  // above it
      chance *= left > 0.0 ? std::max(0.0, left - n + 1.0) / left : 0.0;
    }
    best.proxy += chance_of_all * proxy[order[begin]];
    best.truth += chance_of_all * truth_of_all / double(end - begin);
    begin = end;
  }
  return best;
}

double BestOfNKl(int n) { return std::log(double(n)) - (n - 1.0) / n; }

std::vector<BestOfNPoint> BestOfNCurve(std::span<const VisitedEpisode> episodes,
                                       const EpisodeBootstrap& bootstrap) {
  std::vector<double> proxy;
  std::vector<double> truth;
  for (const VisitedEpisode& episode : episodes) {
    proxy.push_back(PredictedCostOf(episode));
    truth.push_back(TrueCostOf(episode));
  }
  const int most = std::min(std::max(2, static_cast<int>(episodes.size()) / 4),
                            static_cast<int>(episodes.size()));
  std::vector<BestOfNPoint> curve;
  for (int n = 1; n <= most; n *= 2) {
    const auto of = [&](const auto& figure) {
      return bootstrap.Of([&](Weights weights) {
        const DrawnCosts drawn = Drawn(proxy, truth, weights);
        return figure(drawn, LeastOfN(drawn.proxy, drawn.truth, n));
      });
    };
    curve.push_back({.n = n,
                     .kl = BestOfNKl(n),
                     .proxy = of([](const DrawnCosts&, const BestOfN& best) { return best.proxy; }),
                     .truth = of([](const DrawnCosts&, const BestOfN& best) { return best.truth; }),
                     .on_line = of([](const DrawnCosts& drawn, const BestOfN& best) {
                       return OnLine(drawn, best.proxy);
                     }),
                     .beyond_line = of([](const DrawnCosts& drawn, const BestOfN& best) {
                       return best.truth - OnLine(drawn, best.proxy);
                     })});
  }
  return curve;
}

std::vector<WorstCase> WorstEpisodes(std::span<const VisitedEpisode> episodes, std::size_t most) {
  std::vector<WorstCase> cases;
  for (const VisitedEpisode& episode : episodes) {
    WorstCase worst{.seed = episode.seed,
                    .first_step = 1,
                    .last_step = static_cast<StepIndex>(episode.steps.size()),
                    .predicted = PredictedCostOf(episode),
                    .truth = TrueCostOf(episode)};
    worst.off_by = worst.truth - worst.predicted;
    float most_off = -std::numeric_limits<float>::infinity();
    for (std::size_t i = 0; i < episode.steps.size(); ++i) {
      const VisitedStep& step = episode.steps[i];
      const float off = step.truth - (std::isnan(step.predicted) ? 0.0F : step.predicted);
      if (!(off > most_off)) continue;
      most_off = off;
      worst.step = VisitedEpisode::StepOf(i);
    }
    cases.push_back(worst);
  }
  std::erase_if(cases, [](const WorstCase& worst) { return !(worst.off_by > 0.0); });
  std::ranges::stable_sort(cases, std::greater<>(), &WorstCase::off_by);
  cases.resize(std::min(cases.size(), most));
  return cases;
}

}  // namespace lookout::agents
