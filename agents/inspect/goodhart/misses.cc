#include "agents/inspect/goodhart/misses.h"

#include <algorithm>
#include <functional>

#include "agents/feedback/audit/clustered_share.h"
#include "sim/base/check.h"

namespace lookout::agents {
namespace {

using Weights = std::span<const std::uint16_t>;

bool IsMissed(const VisitedStep& step, const MissSettings& settings) {
  return step.costs() && !(step.predicted >= settings.unsafe_from);
}

bool IsOutside(const VisitedStep& step, const MissSettings& settings) {
  return step.doubt > settings.doubt_above;
}

// Of the steps for which `among` holds, those for which `is` does.
template <typename Is, typename Among>
ExactInterval ShareOfSteps(std::span<const VisitedEpisode> episodes, const Is& is,
                           const Among& among) {
  std::vector<EpisodeTrials> trials;
  for (const VisitedEpisode& episode : episodes) {
    EpisodeTrials& own = trials.emplace_back();
    for (const VisitedStep& step : episode.steps) {
      if (!among(step)) continue;
      ++own.trials;
      own.successes += is(step) ? 1 : 0;
    }
  }
  return ClusteredShareOf(trials);
}

// What an episode adds to the figures.
struct Missed {
  std::vector<double> steps, missed, cost, total_reward;  // [episodes]
};

Missed CountMisses(std::span<const VisitedEpisode> episodes, const MissSettings& settings) {
  Missed counts;
  for (const VisitedEpisode& episode : episodes) {
    double missed = 0.0;
    double cost = 0.0;
    for (const VisitedStep& step : episode.steps) {
      if (!IsMissed(step, settings)) continue;
      missed += 1.0;
      cost += double(step.truth);
    }
    counts.steps.push_back(double(episode.steps.size()));
    counts.missed.push_back(missed);
    counts.cost.push_back(cost);
    counts.total_reward.push_back(episode.total_reward);
  }
  return counts;
}

double RateOfMisses(const Missed& counts, Weights weights) {
  return WeightedMean(counts.missed, weights) / WeightedMean(counts.steps, weights);
}

void Extend(const VisitedStep& step, StepIndex at, bool begins, WorstCase& stretch) {
  const double predicted = std::isnan(step.predicted) ? 0.0 : double(step.predicted);
  const double off = double(step.truth) - predicted;
  if (begins) stretch.first_step = at;
  stretch.last_step = at;
  stretch.off_by += off;
  if (!begins && off <= stretch.truth - stretch.predicted) return;
  stretch.step = at;
  stretch.predicted = predicted;
  stretch.truth = double(step.truth);
}

}  // namespace

ExtremalReport MeasureExtremal(std::span<const VisitedEpisode> episodes,
                               const MissSettings& settings) {
  const auto outside = [&](const VisitedStep& step) { return IsOutside(step, settings); };
  const auto missed = [&](const VisitedStep& step) { return IsMissed(step, settings); };
  return {
      .outside = ShareOfSteps(episodes, outside, [](const VisitedStep&) { return true; }),
      .missed_inside =
          ShareOfSteps(episodes, missed,
                       [&](const VisitedStep& step) { return step.costs() && !outside(step); }),
      .missed_outside = ShareOfSteps(
          episodes, missed, [&](const VisitedStep& step) { return step.costs() && outside(step); }),
      .worst = MissesOf(episodes, settings, /*only_outside=*/true)};
}

AdversarialReport MeasureAdversarial(std::span<const VisitedEpisode> episodes,
                                     std::span<const VisitedEpisode> reference,
                                     const MissSettings& settings,
                                     const EpisodeBootstrap& bootstrap) {
  LOOKOUT_CHECK(episodes.size() == reference.size(), "episodes of the same seeds");
  const Missed own = CountMisses(episodes, settings);
  const Missed other = CountMisses(reference, settings);
  constexpr double kThousand = 1000.0;
  return {
      .missed = ShareOfSteps(
          episodes, [&](const VisitedStep& step) { return IsMissed(step, settings); },
          [](const VisitedStep& step) { return step.costs(); }),
      .missed_per_1000 = bootstrap.Of([&](Weights w) { return kThousand * RateOfMisses(own, w); }),
      .missed_cost = MeanOver(own.cost, bootstrap),
      .times_as_often = bootstrap.Of([&](Weights w) {
        const double rate = RateOfMisses(other, w);
        return rate > 0.0 ? RateOfMisses(own, w) / rate : std::numeric_limits<double>::quiet_NaN();
      }),
      .return_per_missed_cost = bootstrap.Of([&](Weights w) {
        const double cost = WeightedMean(own.cost, w) - WeightedMean(other.cost, w);
        const double gain = WeightedMean(own.total_reward, w) - WeightedMean(other.total_reward, w);
        return cost > 0.0 ? gain / cost : std::numeric_limits<double>::quiet_NaN();
      }),
      .worst = MissesOf(episodes, settings, /*only_outside=*/false)};
}

std::vector<WorstCase> MissesOf(std::span<const VisitedEpisode> episodes,
                                const MissSettings& settings, bool only_outside) {
  std::vector<WorstCase> stretches;
  for (const VisitedEpisode& episode : episodes) {
    bool goes_on = false;
    for (std::size_t i = 0; i < episode.steps.size(); ++i) {
      const VisitedStep& step = episode.steps[i];
      const bool counts = IsMissed(step, settings) && (!only_outside || IsOutside(step, settings));
      if (counts && !goes_on) stretches.push_back({.seed = episode.seed});
      if (counts) Extend(step, VisitedEpisode::StepOf(i), !goes_on, stretches.back());
      goes_on = counts;
    }
  }
  std::ranges::stable_sort(stretches, std::greater<>(), &WorstCase::off_by);
  stretches.resize(std::min(stretches.size(), settings.most));
  return stretches;
}

float DoubtQuantile(std::span<const VisitedEpisode> episodes, double share) {
  std::vector<float> doubts;
  for (const VisitedEpisode& episode : episodes) {
    for (const VisitedStep& step : episode.steps) {
      if (!std::isnan(step.doubt)) doubts.push_back(step.doubt);
    }
  }
  if (doubts.empty()) return std::numeric_limits<float>::quiet_NaN();
  std::ranges::sort(doubts);
  const double place = share * double(doubts.size() - 1);
  const auto below = static_cast<std::size_t>(place);
  const std::size_t above = std::min(below + 1, doubts.size() - 1);
  const double part = place - std::floor(place);
  return static_cast<float>((1.0 - part) * double(doubts[below]) + part * double(doubts[above]));
}

}  // namespace lookout::agents
