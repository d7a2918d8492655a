#include <algorithm>
#include <functional>

#include "agents/feedback/audit/clustered_share.h"
#include "agents/inspect/goodhart/gaps.h"

namespace lookout::agents {
namespace {

using Weights = std::span<const std::uint16_t>;

// The errors of a model, by episode, on the steps that both models can judge.
struct ErrorSums {
  std::vector<double> steps, squares;
  std::vector<EpisodeTrials> missed, alarms;

  explicit ErrorSums(std::size_t episodes)
      : steps(episodes), squares(episodes), missed(episodes), alarms(episodes) {}

  void Add(std::size_t episode, float predicted, bool costs, float unsafe_from) {
    const double off = double(predicted) - (costs ? 1.0 : 0.0);
    const bool is_unsafe = predicted >= unsafe_from;
    steps[episode] += 1.0;
    squares[episode] += off * off;
    EpisodeTrials& trials = (costs ? missed : alarms)[episode];
    ++trials.trials;
    trials.successes += costs != is_unsafe ? 1 : 0;
  }
};

double SquaredError(const ErrorSums& sums, Weights weights) {
  double squares = 0.0;
  double steps = 0.0;
  for (std::size_t k = 0; k < sums.steps.size(); ++k) {
    squares += double(weights[k]) * sums.squares[k];
    steps += double(weights[k]) * sums.steps[k];
  }
  return squares / steps;
}

ModelErrors ErrorsOf(const ErrorSums& sums, const EpisodeBootstrap& bootstrap) {
  return {.brier = bootstrap.Of([&](Weights weights) { return SquaredError(sums, weights); }),
          .missed = ClusteredShareOf(sums.missed),
          .false_alarms = ClusteredShareOf(sums.alarms)};
}

bool OnlyBestSees(const VisitedStep& step, float unsafe_from) {
  return step.costs() && step.predicted < unsafe_from && step.best >= unsafe_from;
}

void AddStretch(const VisitedEpisode& episode, std::size_t begin, std::size_t end,
                std::vector<WorstCase>& stretches) {
  WorstCase stretch{.seed = episode.seed,
                    .first_step = VisitedEpisode::StepOf(begin),
                    .last_step = VisitedEpisode::StepOf(end - 1)};
  double widest = -1.0;
  for (std::size_t i = begin; i < end; ++i) {
    const VisitedStep& step = episode.steps[i];
    const double apart = double(step.best) - double(step.predicted);
    stretch.off_by += apart;
    if (apart <= widest) continue;
    widest = apart;
    stretch.step = VisitedEpisode::StepOf(i);
    stretch.predicted = double(step.predicted);
    stretch.truth = double(step.truth);
  }
  stretches.push_back(stretch);
}

std::vector<WorstCase> SeenByBestAlone(std::span<const VisitedEpisode> episodes, float unsafe_from,
                                       std::size_t most) {
  std::vector<WorstCase> stretches;
  for (const VisitedEpisode& episode : episodes) {
    const std::vector<VisitedStep>& steps = episode.steps;
    for (std::size_t begin = 0; begin < steps.size();) {
      std::size_t end = begin;
      while (end < steps.size() && OnlyBestSees(steps[end], unsafe_from)) ++end;
      if (end > begin) AddStretch(episode, begin, end, stretches);
      begin = end + 1;
    }
  }
  std::ranges::stable_sort(stretches, std::greater<>(), &WorstCase::off_by);
  stretches.resize(std::min(stretches.size(), most));
  return stretches;
}

// Labels of one episode that are wrong in the same way, with nothing right in between.
void ExtendWrong(const JudgedLabel& label, bool begins, std::vector<WrongLabels>& stretches) {
  if (begins) {
    stretches.push_back(
        {.episode = label.episode, .first_step = label.step, .unsafe = label.unsafe});
  }
  stretches.back().last_step = label.step;
  ++stretches.back().labels;
}

}  // namespace

ModelGap MeasureModelGap(std::span<const VisitedEpisode> episodes, float unsafe_from,
                         const EpisodeBootstrap& bootstrap, std::size_t most) {
  ErrorSums fitted(episodes.size());
  ErrorSums best(episodes.size());
  for (std::size_t k = 0; k < episodes.size(); ++k) {
    for (const VisitedStep& step : episodes[k].steps) {
      if (std::isnan(step.predicted) || std::isnan(step.best)) continue;
      fitted.Add(k, step.predicted, step.costs(), unsafe_from);
      best.Add(k, step.best, step.costs(), unsafe_from);
    }
  }
  return {.fitted = ErrorsOf(fitted, bootstrap),
          .best = ErrorsOf(best, bootstrap),
          .brier_difference = bootstrap.Of([&](Weights weights) {
            return SquaredError(fitted, weights) - SquaredError(best, weights);
          }),
          .worst = SeenByBestAlone(episodes, unsafe_from, most)};
}

LabelGap MeasureLabelGap(std::span<const JudgedLabel> labels, std::size_t most) {
  LabelGap gap{.labels = std::ssize(labels)};
  std::vector<EpisodeTrials> wrong;
  std::vector<EpisodeTrials> missed;
  std::vector<EpisodeTrials> alarms;
  const JudgedLabel* before = nullptr;
  for (const JudgedLabel& label : labels) {
    const bool same_episode = before != nullptr && before->episode == label.episode;
    if (!same_episode) {
      for (auto* list : {&wrong, &missed, &alarms}) list->emplace_back();
    }
    const std::int64_t is_wrong = label.wrong() ? 1 : 0;
    for (EpisodeTrials* of : {&wrong.back(), label.truth > 0.0 ? &missed.back() : &alarms.back()}) {
      ++of->trials;
      of->successes += is_wrong;
    }
    if (label.wrong()) {
      const bool goes_on = same_episode && before->wrong() && before->unsafe == label.unsafe;
      ExtendWrong(label, !goes_on, gap.worst);
    }
    before = &label;
  }
  gap.wrong = ClusteredShareOf(wrong);
  gap.missed = ClusteredShareOf(missed);
  gap.false_alarms = ClusteredShareOf(alarms);
  std::ranges::stable_sort(gap.worst, std::greater<>(), &WrongLabels::labels);
  gap.worst.resize(std::min(gap.worst.size(), most));
  return gap;
}

}  // namespace lookout::agents
