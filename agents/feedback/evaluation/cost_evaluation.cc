#include "agents/feedback/evaluation/cost_evaluation.h"

#include <array>
#include <cmath>
#include <functional>
#include <limits>
#include <utility>

#include "sim/base/check.h"
#include "sim/recording/predicted_cost.h"

namespace lookout::agents {
namespace {

constexpr float kRocResolution = 0.004F;

void CountVerdicts(bool first, bool second, VerdictCounts& counts) {
  ++(first ? (second ? counts.both : counts.only_first)
           : (second ? counts.only_second : counts.neither));
}

// What one episode adds to the figures.
struct EpisodeTally {
  double learned_cost = 0.0;
  double true_cost = 0.0;
  double spread = 0.0;  // sum over its steps
  std::int64_t not_judged = 0;
  VerdictCounts verdicts;
  std::array<std::int64_t, kDangerKindCount> charged{};
  std::array<std::int64_t, kDangerKindCount> missed{};
  std::array<std::int64_t, kDangerKindCount> false_alarms{};
  std::int64_t near_nothing = 0;

  void Add(StepIndex step, const StepTruth& truth, const CostPrediction& predicted,
           float unsafe_from) {
    true_cost += double(truth.cost);
    learned_cost += double(sim::PredictedCostOf(step, predicted.probability));
    if (std::isnan(predicted.probability)) {
      ++not_judged;
      return;
    }
    spread += double(predicted.spread);
    const bool called_unsafe = predicted.probability >= unsafe_from;
    CountVerdicts(called_unsafe, truth.unsafe(), verdicts);
    for (std::size_t kind = 0; kind < kDangerKindCount; ++kind) {
      if (!truth.charged[kind]) continue;
      ++charged[kind];
      missed[kind] += called_unsafe ? 0 : 1;
    }
    if (called_unsafe && !truth.unsafe())
      ++(truth.nearest ? false_alarms[*truth.nearest] : near_nothing);
  }
};

using Tallies = std::vector<EpisodeTally>;

// A part of a whole, each the sum over the drawn episodes.
Estimate ShareOf(const EpisodeBootstrap& bootstrap, const Tallies& tallies,
                 const std::function<double(const EpisodeTally&)>& part,
                 const std::function<double(const EpisodeTally&)>& whole) {
  return bootstrap.Of([&](std::span<const std::uint16_t> weights) {
    double parts = 0.0;
    double wholes = 0.0;
    for (std::size_t k = 0; k < tallies.size(); ++k) {
      parts += weights[k] * part(tallies[k]);
      wholes += weights[k] * whole(tallies[k]);
    }
    return wholes > 0.0 ? parts / wholes : std::numeric_limits<double>::quiet_NaN();
  });
}

double LearnedOf(const EpisodeTally& tally) { return tally.learned_cost; }
double TrueOf(const EpisodeTally& tally) { return tally.true_cost; }
double OneEpisode(const EpisodeTally&) { return 1.0; }

void AddRates(const EpisodeBootstrap& bootstrap, const Tallies& tallies,
              CostEvaluation& evaluation) {
  evaluation.ratio = ShareOf(bootstrap, tallies, LearnedOf, TrueOf);
  evaluation.learned_cost = ShareOf(bootstrap, tallies, LearnedOf, OneEpisode);
  evaluation.true_cost = ShareOf(bootstrap, tallies, TrueOf, OneEpisode);
  evaluation.miss_rate = ShareOf(
      bootstrap, tallies, [](const auto& t) { return double(t.verdicts.only_second); },
      [](const auto& t) { return double(t.verdicts.both + t.verdicts.only_second); });
  evaluation.false_alarm_rate = ShareOf(
      bootstrap, tallies, [](const auto& t) { return double(t.verdicts.only_first); },
      [](const auto& t) { return double(t.verdicts.neither + t.verdicts.only_first); });
}

void AddDangers(const EpisodeBootstrap& bootstrap, const Tallies& tallies,
                CostEvaluation& evaluation) {
  for (std::size_t kind = 0; kind < kDangerKindCount; ++kind) {
    DangerErrors errors{.kind = kind};
    for (const EpisodeTally& tally : tallies) {
      errors.charged += tally.charged[kind];
      errors.missed += tally.missed[kind];
      errors.false_alarms += tally.false_alarms[kind];
    }
    if (errors.charged == 0 && errors.false_alarms == 0) continue;
    errors.miss_rate = ShareOf(
        bootstrap, tallies, [kind](const auto& t) { return double(t.missed[kind]); },
        [kind](const auto& t) { return double(t.charged[kind]); });
    evaluation.by_danger.push_back(errors);
  }
}

// The figures of the probabilities themselves, on all steps that have one.
void AddProbabilities(std::span<const ScoredEpisode> episodes, std::size_t model,
                      CostEvaluation& evaluation) {
  std::vector<float> probabilities;
  std::vector<std::uint8_t> unsafe;
  for (const ScoredEpisode& episode : episodes) {
    for (std::size_t i = 0; i < episode.truth.size(); ++i) {
      const float probability = episode.predicted[model][i].probability;
      if (std::isnan(probability)) continue;
      probabilities.push_back(probability);
      unsafe.push_back(episode.truth[i].unsafe() ? 1 : 0);
    }
  }
  evaluation.auc = RocAuc(probabilities, unsafe);
  evaluation.roc = RocCurve(probabilities, unsafe, kRocResolution);
  evaluation.brier = BrierScore(probabilities, unsafe);
  evaluation.reliability = ReliabilityBins(probabilities, unsafe);
  evaluation.calibration_error = ExpectedCalibrationError(evaluation.reliability);
}

EpisodeBootstrap BootstrapOf(std::span<const ScoredEpisode> episodes,
                             const EvaluationSettings& settings) {
  return {static_cast<int>(episodes.size()), settings.bootstrap, settings.seed};
}

// What the two of a comparison say in one episode.
struct PairTally {
  std::int64_t steps = 0;
  std::int64_t first_right = 0;
  std::int64_t second_right = 0;
};

PairTally ComparePair(const ScoredEpisode& episode, const ModelComparison& pair,
                      float unsafe_from) {
  PairTally tally;
  for (std::size_t i = 0; i < episode.truth.size(); ++i) {
    const float first = episode.predicted[pair.first][i].probability;
    const float second = episode.predicted[pair.second][i].probability;
    if (std::isnan(first) || std::isnan(second)) continue;
    ++tally.steps;
    const bool first_unsafe = first >= unsafe_from;
    if (first_unsafe == (second >= unsafe_from)) continue;
    ++(first_unsafe == episode.truth[i].unsafe() ? tally.first_right : tally.second_right);
  }
  return tally;
}

}  // namespace

CostEvaluation EvaluateCostModel(std::span<const ScoredEpisode> episodes, std::size_t model,
                                 const EvaluationSettings& settings) {
  CostEvaluation evaluation{.episodes = std::ssize(episodes)};
  Tallies tallies;
  double spread = 0.0;
  for (const ScoredEpisode& episode : episodes) {
    EpisodeTally& tally = tallies.emplace_back();
    for (std::size_t i = 0; i < episode.truth.size(); ++i) {
      tally.Add(ScoredEpisode::StepOf(i), episode.truth[i], episode.predicted[model][i],
                settings.unsafe_from);
    }
    evaluation.verdicts.AddTimes(tally.verdicts, 1);
    evaluation.not_judged += tally.not_judged;
    evaluation.false_alarms_near_nothing += tally.near_nothing;
    spread += tally.spread;
    CountVerdicts(tally.learned_cost > settings.limit, tally.true_cost > settings.limit,
                  evaluation.over_limit);
  }
  evaluation.steps = evaluation.verdicts.steps();
  evaluation.mean_spread = evaluation.steps > 0 ? spread / double(evaluation.steps) : std::nan("");
  const EpisodeBootstrap bootstrap = BootstrapOf(episodes, settings);
  AddRates(bootstrap, tallies, evaluation);
  AddDangers(bootstrap, tallies, evaluation);
  AddProbabilities(episodes, model, evaluation);
  return evaluation;
}

std::vector<ModelComparison> CompareCostModels(std::span<const ScoredEpisode> episodes,
                                               const EvaluationSettings& settings) {
  std::vector<ModelComparison> comparisons;
  const std::size_t models = episodes.empty() ? 0 : episodes.front().predicted.size();
  const EpisodeBootstrap bootstrap = BootstrapOf(episodes, settings);
  for (std::size_t first = 0; first < models; ++first) {
    for (std::size_t second = first + 1; second < models; ++second) {
      ModelComparison& pair = comparisons.emplace_back(ModelComparison{first, second});
      std::vector<PairTally> tallies;
      for (const ScoredEpisode& episode : episodes) {
        const PairTally& tally =
            tallies.emplace_back(ComparePair(episode, pair, settings.unsafe_from));
        pair.steps += tally.steps;
        pair.first_right += tally.first_right;
        pair.second_right += tally.second_right;
      }
      pair.first_share = bootstrap.Of([&](std::span<const std::uint16_t> weights) {
        double right = 0.0;
        double differ = 0.0;
        for (std::size_t k = 0; k < tallies.size(); ++k) {
          right += double(weights[k] * tallies[k].first_right);
          differ += double(weights[k] * (tallies[k].first_right + tallies[k].second_right));
        }
        return differ > 0.0 ? right / differ : std::numeric_limits<double>::quiet_NaN();
      });
    }
  }
  return comparisons;
}

}  // namespace lookout::agents
