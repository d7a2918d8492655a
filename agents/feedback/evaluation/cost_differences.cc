#include "agents/feedback/evaluation/cost_differences.h"

#include <algorithm>
#include <cmath>
#include <functional>

namespace lookout::agents {
namespace {

// One step as a difference of its own; nothing in it (apart 0) if the models are alike there.
CostDifference DifferenceAt(const StepTruth& truth, const CostPrediction& first,
                            const CostPrediction& second, float unsafe_from) {
  CostDifference here{.unsafe = truth.unsafe(), .first = first, .second = second, .truth = truth};
  here.first_right = (first.probability >= unsafe_from) == here.unsafe;
  here.second_right = (second.probability >= unsafe_from) == here.unsafe;
  const double apart = std::abs(double(first.probability) - double(second.probability));
  const bool counts = here.one_errs() || apart >= kFarApart;  // no NaN is either
  if (counts && std::isfinite(apart)) here.apart = apart;
  return here;
}

bool SameWay(const CostDifference& a, const CostDifference& b) {
  return a.apart > 0.0 && a.unsafe == b.unsafe && a.first_right == b.first_right &&
         a.second_right == b.second_right;
}

void AddDifferencesOf(const ScoredEpisode& episode, std::size_t number, std::size_t first,
                      std::size_t second, float unsafe_from,
                      std::vector<CostDifference>& differences) {
  CostDifference before;
  double worst = 0.0;
  for (std::size_t i = 0; i < episode.truth.size(); ++i) {
    CostDifference here = DifferenceAt(episode.truth[i], episode.predicted[first][i],
                                       episode.predicted[second][i], unsafe_from);
    here.episode = number;
    here.first_step = here.last_step = here.worst_step = ScoredEpisode::StepOf(i);
    if (here.apart > 0.0 && !SameWay(before, here)) {
      differences.push_back(here);
      worst = here.apart;
    } else if (here.apart > 0.0) {
      CostDifference& stretch = differences.back();
      stretch.last_step = here.last_step;
      stretch.apart += here.apart;
      if (here.apart > worst) {
        worst = here.apart;
        stretch.worst_step = here.worst_step;
        stretch.first = here.first;
        stretch.second = here.second;
        stretch.truth = here.truth;
      }
    }
    before = here;
  }
}

}  // namespace

std::string_view VerdictInWords(bool unsafe, bool right) {
  if (unsafe) return right ? "finds it" : "misses it";
  return right ? "stays quiet" : "false alarm";
}

std::string_view DangerInWords(const StepTruth& truth) {
  for (std::size_t kind = 0; kind < kDangerKindCount; ++kind) {
    if (truth.charged[kind] && kind != kOtherDanger) return DangerKindName(kind);
  }
  return truth.nearest ? DangerKindName(*truth.nearest) : std::string_view();
}

std::vector<CostDifference> WorstDifferences(std::span<const ScoredEpisode> episodes,
                                             std::size_t first, std::size_t second,
                                             float unsafe_from, std::size_t most) {
  std::vector<CostDifference> differences;
  for (std::size_t number = 0; number < episodes.size(); ++number) {
    AddDifferencesOf(episodes[number], number, first, second, unsafe_from, differences);
  }
  std::ranges::stable_sort(differences, std::ranges::greater(), &CostDifference::apart);
  differences.resize(std::min(differences.size(), most));
  return differences;
}

}  // namespace lookout::agents
