#include "app/experiments/queries/study_summary.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>

#include "sim/base/check.h"

namespace lookout::app {
namespace {

constexpr int kDraws = 2000;
constexpr std::uint32_t kSeed = 1;

constexpr std::array<ErrorMeasure, 2> kMeasures{{
    {"auc_error", "1 - AUC", [](const RoundFigures& round) { return round.auc_error(); }},
    {"cost_error", "error of an episode's cost",
     [](const RoundFigures& round) { return round.cost_error; }},
}};

using Weights = std::span<const std::uint16_t>;

// Of one strategy and measure, by seed and round.
struct Errors {
  std::vector<double> labels;                // [rounds]
  std::vector<std::vector<double>> by_seed;  // [seeds][rounds]

  double Mean(std::size_t round, Weights weights) const {
    double sum = 0.0;
    double count = 0.0;
    for (std::size_t seed = 0; seed < by_seed.size(); ++seed) {
      sum += double(weights[seed]) * by_seed[seed][round];
      count += double(weights[seed]);
    }
    return sum / count;
  }
  std::vector<double> Means(Weights weights) const {
    std::vector<double> means;
    for (std::size_t round = 0; round < labels.size(); ++round) {
      means.push_back(Mean(round, weights));
    }
    return means;
  }
};

Errors Gather(std::span<const SeedResult> results, Strategy strategy, const ErrorMeasure& measure) {
  std::size_t rounds = std::numeric_limits<std::size_t>::max();
  for (const SeedResult& result : results) rounds = std::min(rounds, result.of(strategy).size());
  Errors errors;
  for (const SeedResult& result : results) {
    std::vector<double>& of_seed = errors.by_seed.emplace_back();
    for (std::size_t i = 0; i < rounds; ++i) {
      of_seed.push_back(measure.of(result.of(strategy)[i]));
    }
  }
  for (std::size_t i = 0; i < rounds; ++i) {
    errors.labels.push_back(results.front().of(strategy)[i].labels);
  }
  return errors;
}

// The first rounds, up to `at_labels`.
std::span<const double> UpTo(std::span<const double> values, std::span<const double> labels,
                             double at_labels) {
  const auto count = std::ranges::count_if(labels, [&](double n) { return n <= at_labels; });
  return values.first(static_cast<std::size_t>(count));
}

double LeastOf(std::span<const double> errors) {
  return errors.empty() ? std::numeric_limits<double>::quiet_NaN() : std::ranges::min(errors);
}

LabelsNeeded Compare(const Errors& queue, const Errors& random, double at_labels,
                     const agents::EpisodeBootstrap& bootstrap) {
  const auto error_at = [&](const std::vector<double>& means) {
    return LeastOf(UpTo(means, random.labels, at_labels));
  };
  const auto ratio = [&](Weights weights) {
    const std::vector<double> of_random = random.Means(weights);
    const double error = error_at(of_random);
    const double wanted = LabelsFor(queue.labels, queue.Means(weights), error);
    if (std::isnan(error)) return error;
    return std::isnan(wanted) ? 0.0 : LabelsFor(random.labels, of_random, error) / wanted;
  };
  const std::vector<std::uint16_t> once(queue.by_seed.size(), 1);
  const double error = error_at(random.Means(once));
  return {.at_labels = static_cast<int>(at_labels),
          .error = error,
          .queue_labels = LabelsFor(queue.labels, queue.Means(once), error),
          .ratio = bootstrap.Of(ratio)};
}

ErrorCurve CurveOf(const Errors& errors, const agents::EpisodeBootstrap& bootstrap) {
  ErrorCurve curve{.labels = errors.labels, .error = {}};
  for (std::size_t round = 0; round < errors.labels.size(); ++round) {
    curve.error.push_back(
        bootstrap.Of([&](Weights weights) { return errors.Mean(round, weights); }));
  }
  return curve;
}

}  // namespace

double LabelsFor(std::span<const double> labels, std::span<const double> errors, double error) {
  for (std::size_t i = 0; i < errors.size(); ++i) {
    if (!(errors[i] <= error)) continue;
    if (i == 0 || errors[i] == error) return labels[i];
    const double share = (errors[i - 1] - error) / (errors[i - 1] - errors[i]);
    return labels[i - 1] + share * (labels[i] - labels[i - 1]);
  }
  return std::numeric_limits<double>::quiet_NaN();
}

std::vector<MeasureSummary> Summarise(std::span<const SeedResult> results) {
  LOOKOUT_CHECK(!results.empty(), "an experiment has seeds");
  const agents::EpisodeBootstrap bootstrap(static_cast<int>(results.size()), kDraws, kSeed);
  std::vector<MeasureSummary> summaries;
  for (const ErrorMeasure& measure : kMeasures) {
    const Errors queue = Gather(results, Strategy::kQueue, measure);
    const Errors random = Gather(results, Strategy::kRandom, measure);
    MeasureSummary summary{.measure = measure, .curves = {}, .needed = {}};
    summary.curves = {CurveOf(queue, bootstrap), CurveOf(random, bootstrap)};
    const double all = random.labels.back();
    for (const double at : {std::floor(all / 2.0), all}) {
      summary.needed.push_back(Compare(queue, random, at, bootstrap));
    }
    summaries.push_back(std::move(summary));
  }
  return summaries;
}

}  // namespace lookout::app
