// How good the heads of a cost model are against what the environment's rule charges for: of the
// classes of danger whose usual name is that of a kind of thing. Pure functions; any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <vector>

#include "agents/feedback/evaluation/danger_kinds.h"
#include "agents/feedback/evaluation/scored_episode.h"
#include "agents/feedback/kinds/danger_classes.h"

namespace lookout::agents {

// "Hazard" is that of hazards. Nothing of a class that is usually called by no kind; one that a
// project has renamed is no longer about that kind either, which who shows it knows.
std::optional<std::size_t> DangerKindOf(DangerClass danger);

// Of the steps that the model can judge. NaN where there is nothing that a figure could be of.
struct ClassEvaluation {
  static constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();

  DangerClass danger = 0;
  std::size_t kind = kOtherDanger;  // see DangerKinds
  std::int64_t charged = 0;         // steps that the rule charges for that kind
  double auc = kUnknown;            // of their predictions against those of all other steps
  double auc_among = kUnknown;      // against steps that it charges for other kinds alone
  double miss_rate = kUnknown;      // of the charged ones, called safe
  double learned_cost = kUnknown;   // per episode: the sum of the head's predictions
  double true_cost = kUnknown;      // per episode: what the rule charged for steps of that kind
};

// Of the model of that number in all episodes, whose heads are for those classes; without classes
// that have no kind. unsafe_from: predictions of at least this are verdicts of unsafe.
std::vector<ClassEvaluation> EvaluateClasses(std::span<const ScoredEpisode> episodes,
                                             std::size_t model,
                                             std::span<const DangerClass> classes,
                                             float unsafe_from);

}  // namespace lookout::agents
