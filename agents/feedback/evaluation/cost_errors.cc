#include "agents/feedback/evaluation/cost_errors.h"

#include <algorithm>
#include <cmath>

namespace lookout::agents {
namespace {

enum class Judgement { kRight, kMiss, kFalseAlarm };

Judgement Judge(const StepTruth& truth, const CostPrediction& predicted, float unsafe_from) {
  if (std::isnan(predicted.probability)) return Judgement::kRight;  // it says nothing
  const bool called_unsafe = predicted.probability >= unsafe_from;
  if (called_unsafe == truth.unsafe()) return Judgement::kRight;
  return called_unsafe ? Judgement::kFalseAlarm : Judgement::kMiss;
}

void Extend(CostError& error, StepIndex step, const StepTruth& truth,
            const CostPrediction& predicted, double& worst) {
  const double off_by = std::abs(double(predicted.probability) - (truth.unsafe() ? 1.0 : 0.0));
  error.last_step = step;
  error.off_by += off_by;
  error.charged |= truth.charged;
  if (off_by <= worst) return;
  worst = off_by;
  error.worst_step = step;
  error.predicted = predicted;
  error.truth = truth;
}

void AddErrorsOf(const ScoredEpisode& episode, std::size_t number, std::size_t model,
                 float unsafe_from, std::vector<CostError>& errors) {
  Judgement before = Judgement::kRight;
  double worst = -1.0;
  for (std::size_t i = 0; i < episode.truth.size(); ++i) {
    const CostPrediction& predicted = episode.predicted[model][i];
    const Judgement here = Judge(episode.truth[i], predicted, unsafe_from);
    const StepIndex step = ScoredEpisode::StepOf(i);
    if (here != Judgement::kRight && here != before) {
      errors.push_back(
          {.episode = number, .is_miss = here == Judgement::kMiss, .first_step = step});
      worst = -1.0;
    }
    if (here != Judgement::kRight) Extend(errors.back(), step, episode.truth[i], predicted, worst);
    before = here;
  }
}

}  // namespace

std::vector<CostError> WorstErrors(std::span<const ScoredEpisode> episodes, std::size_t model,
                                   float unsafe_from, std::size_t most) {
  std::vector<CostError> errors;
  for (std::size_t number = 0; number < episodes.size(); ++number) {
    AddErrorsOf(episodes[number], number, model, unsafe_from, errors);
  }
  std::ranges::stable_sort(errors, std::ranges::greater(), &CostError::off_by);
  errors.resize(std::min(errors.size(), most));
  return errors;
}

}  // namespace lookout::agents
