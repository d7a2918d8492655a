#include "app/experiments/robustness/robustness_summary.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <optional>
#include <utility>

#include "agents/feedback/robustness/corruptions.h"
#include "agents/feedback/robustness/power_law.h"
#include "sim/base/check.h"

namespace lookout::app {
namespace {

constexpr int kDraws = 1000;
constexpr std::uint32_t kSeed = 1;
constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();
constexpr auto kBearing = static_cast<std::size_t>(agents::Corruption::kBearing);

using Weights = std::span<const std::uint16_t>;
using FiguresOfSeeds = std::vector<const RobustnessFigures*>;

FiguresOfSeeds Of(std::span<const RobustnessSeed> results, RobustnessArm arm, int answers) {
  FiguresOfSeeds figures;
  for (const RobustnessSeed& seed : results) {
    figures.push_back(seed.Find(arm, answers));
    LOOKOUT_CHECK(figures.back() != nullptr, "every seed has measured every arm");
  }
  return figures;
}

// Over the seeds where it is known; NaN where it is nowhere.
template <typename Value>
double Mean(const FiguresOfSeeds& figures, Weights weights, Value&& value) {
  double sum = 0.0;
  double count = 0.0;
  for (std::size_t i = 0; i < figures.size(); ++i) {
    const double of_seed = value(*figures[i]);
    if (std::isnan(of_seed)) continue;
    sum += double(weights[i]) * of_seed;
    count += double(weights[i]);
  }
  return count > 0.0 ? sum / count : kUnknown;
}

agents::SeverityErrors MeanErrors(const FiguresOfSeeds& figures, Weights weights,
                                  std::size_t disturbance) {
  agents::SeverityErrors errors{};
  for (std::size_t i = 0; i < errors.size(); ++i) {
    errors[i] = Mean(figures, weights,
                     [&](const RobustnessFigures& of) { return of.errors[disturbance][i]; });
  }
  return errors;
}

double Clean(const RobustnessFigures& of) { return of.clean; }

// Two arms on the same seeds.
class Comparison {
 public:
  Comparison(FiguresOfSeeds tested, FiguresOfSeeds reference)
      : tested_(std::move(tested)), reference_(std::move(reference)) {}

  double CorruptionError(Weights weights, std::size_t disturbance) const {
    return agents::CorruptionError(MeanErrors(tested_, weights, disturbance),
                                   MeanErrors(reference_, weights, disturbance));
  }
  // Over the first `count` disturbances, those left out that `without` names.
  double MeanCorruptionError(Weights weights, std::size_t count,
                             std::optional<std::size_t> without = {}) const {
    double sum = 0.0;
    double known = 0.0;
    for (std::size_t i = 0; i < count; ++i) {
      const double error = CorruptionError(weights, i);
      if (i == without || std::isnan(error)) continue;
      sum += error;
      known += 1.0;
    }
    return known > 0.0 ? sum / known : kUnknown;
  }
  // Of the corruptions' sums, not the mean of the ratios: some hardly hurt the reference, and a
  // ratio of two differences near 0 says nothing.
  double RelativeError(Weights weights) const {
    agents::SeverityErrors tested{};
    agents::SeverityErrors reference{};
    for (std::size_t i = 0; i < kCounted; ++i) {
      const auto of_tested = MeanErrors(tested_, weights, i);
      const auto of_reference = MeanErrors(reference_, weights, i);
      for (std::size_t s = 0; s < agents::kSeverities; ++s) {
        tested[s] += of_tested[s];
        reference[s] += of_reference[s];
      }
    }
    constexpr auto kCount = static_cast<double>(kCounted);
    return agents::RelativeCorruptionError(tested, kCount * Mean(tested_, weights, Clean),
                                           reference, kCount * Mean(reference_, weights, Clean));
  }
  double FlipRate(Weights weights) const {
    double sum = 0.0;
    for (std::size_t drift = 0; drift < kDrifts; ++drift) {
      const auto flips = [&](const RobustnessFigures& of) { return of.flips[drift]; };
      sum += Mean(tested_, weights, flips) / Mean(reference_, weights, flips);
    }
    return sum / static_cast<double>(kDrifts);
  }

 private:
  FiguresOfSeeds tested_;
  FiguresOfSeeds reference_;
};

ArmSummary SummariseArm(RobustnessArm arm, const FiguresOfSeeds& figures,
                        const FiguresOfSeeds& plain, const agents::EpisodeBootstrap& bootstrap) {
  const Comparison beside(figures, plain);
  const auto mean = [&](double RobustnessFigures::*figure) {
    return bootstrap.Of([&](Weights weights) {
      return Mean(figures, weights, [&](const RobustnessFigures& of) { return of.*figure; });
    });
  };
  ArmSummary summary{.arm = arm};
  summary.clean = mean(&RobustnessFigures::clean);
  summary.misses = mean(&RobustnessFigures::misses);
  summary.corrupted_misses = mean(&RobustnessFigures::corrupted_misses);
  summary.hard_error = mean(&RobustnessFigures::hard_error);
  summary.cost_ratio = mean(&RobustnessFigures::cost_ratio);
  summary.corrupted = bootstrap.Of([&](Weights weights) {
    return Mean(figures, weights, [](const RobustnessFigures& of) { return of.corrupted(); });
  });
  for (std::size_t i = 0; i < kDisturbances; ++i) {
    summary.corruption_error[i] =
        bootstrap.Of([&](Weights weights) { return beside.CorruptionError(weights, i); });
  }
  summary.mean_corruption_error =
      bootstrap.Of([&](Weights weights) { return beside.MeanCorruptionError(weights, kCounted); });
  summary.sensors_error = bootstrap.Of(
      [&](Weights weights) { return beside.MeanCorruptionError(weights, kCorruptions); });
  summary.without_bearing = bootstrap.Of(
      [&](Weights weights) { return beside.MeanCorruptionError(weights, kCounted, kBearing); });
  summary.relative_error =
      bootstrap.Of([&](Weights weights) { return beside.RelativeError(weights); });
  summary.flip_rate = bootstrap.Of([&](Weights weights) { return beside.FlipRate(weights); });
  summary.by_severity[0] = summary.clean;
  for (std::size_t s = 0; s < agents::kSeverities; ++s) {
    summary.by_severity[1 + s] = bootstrap.Of([&](Weights weights) {
      double sum = 0.0;
      for (std::size_t i = 0; i < kCounted; ++i) sum += MeanErrors(figures, weights, i)[s];
      return sum / static_cast<double>(kCounted);
    });
  }
  return summary;
}

// The law through the means over the seeds, each as sure as their scatter lets it be.
std::optional<agents::PowerLaw> LawOf(const std::vector<int>& sizes,
                                      const std::vector<FiguresOfSeeds>& figures, Weights weights,
                                      double (*measure)(const RobustnessFigures&)) {
  std::vector<agents::ErrorAtSize> errors;
  for (std::size_t i = 0; i < sizes.size(); ++i) {
    const double mean = Mean(figures[i], weights, measure);
    const double variance = Mean(figures[i], weights, [&](const RobustnessFigures& of) {
      return (measure(of) - mean) * (measure(of) - mean);
    });
    errors.push_back(
        {static_cast<double>(sizes[i]), mean,
         std::sqrt(variance / static_cast<double>(std::max<std::size_t>(weights.size(), 1)))});
  }
  return agents::FitPowerLaw(errors);
}

ScalingCurve CurveOf(const RobustnessSettings& settings, std::span<const RobustnessSeed> results,
                     RobustnessArm arm, const char* name,
                     double (*measure)(const RobustnessFigures&),
                     const agents::EpisodeBootstrap& bootstrap) {
  ScalingCurve curve{.arm = arm, .measure = name};
  const std::vector<int> sizes = settings.sizes();
  std::vector<FiguresOfSeeds> figures;
  for (const int size : sizes) {
    figures.push_back(Of(results, arm, size));
    curve.answers.push_back(size);
    curve.error.push_back(
        bootstrap.Of([&](Weights weights) { return Mean(figures.back(), weights, measure); }));
  }
  const auto of_law = [&](auto&& value) {
    return bootstrap.Of([&](Weights weights) {
      const auto law = LawOf(sizes, figures, weights, measure);
      return law ? value(*law) : kUnknown;
    });
  };
  curve.exponent = of_law([](const agents::PowerLaw& law) { return law.b; });
  curve.floor = of_law([](const agents::PowerLaw& law) { return law.c; });
  curve.to_halve = of_law([](const agents::PowerLaw& law) { return law.factor_to_halve(); });
  return curve;
}

PlaySummary SummarisePlay(std::span<const RobustnessSeed> results, std::size_t play,
                          const agents::EpisodeBootstrap& bootstrap) {
  const auto mean = [&](double PlayFigures::*figure) {
    return bootstrap.Of([&](Weights weights) {
      std::vector<double> of_seeds;
      for (const RobustnessSeed& seed : results) of_seeds.push_back(seed.play[play].*figure);
      return agents::WeightedMean(of_seeds, weights);
    });
  };
  return {mean(&PlayFigures::total_reward), mean(&PlayFigures::true_cost)};
}

}  // namespace

RobustnessSummary Summarise(const RobustnessSettings& settings,
                            std::span<const RobustnessSeed> results) {
  LOOKOUT_CHECK(!results.empty(), "an experiment has seeds");
  const agents::EpisodeBootstrap bootstrap(static_cast<int>(results.size()), kDraws, kSeed);
  RobustnessSummary summary;
  const FiguresOfSeeds plain = Of(results, RobustnessArm::kPlain, settings.answers);
  for (const RobustnessArm arm : kRobustnessArms) {
    summary.arms.push_back(SummariseArm(arm, Of(results, arm, settings.answers), plain, bootstrap));
    if (!IsMeasuredAlways(arm)) continue;
    const auto add = [&](const char* name, double (*measure)(const RobustnessFigures&)) {
      summary.curves.push_back(CurveOf(settings, results, arm, name, measure, bootstrap));
    };
    add("clean", Clean);
    add("corrupted", [](const RobustnessFigures& of) { return of.corrupted(); });
    add("hard", [](const RobustnessFigures& of) { return of.hard_error; });
  }
  for (std::size_t i = 0; i < kPlays; ++i) {
    summary.play.push_back(SummarisePlay(results, i, bootstrap));
  }
  return summary;
}

}  // namespace lookout::app
