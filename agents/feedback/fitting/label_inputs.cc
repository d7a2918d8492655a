#include "agents/feedback/fitting/label_inputs.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <utility>

#include "agents/feedback/fitting/noisy_inputs.h"
#include "agents/feedback/models/cost_ensemble.h"
#include "sim/base/check.h"

namespace lookout::agents {
namespace {

Status CheckSignature(const LabelSet& labels, const sim::ObservationSignature& signature) {
  if (signature.empty() || signature.observation_dim() == labels.observations.rows()) return {};
  return BadInput(
      fmt::format("The labelled observations have {} values, the environment's {}; mark in one "
                  "environment at a time.",
                  labels.observations.rows(), signature.observation_dim()));
}

bool HasPast(const LabelledPast& past, const Eigen::MatrixXf& observations,
             const PastInputs& wanted) {
  if (observations.cols() == 0) return true;
  const Eigen::Index rows = observations.rows();
  const bool looks_back =
      !wanted.LooksBack() ||
      (past.traces >= wanted.traces &&
       past.observations.rows() >=
           (std::max(wanted.history, 1) + PastInputs::kRowsPerTrace * past.traces) * rows);
  return looks_back && (wanted.action_dim == 0 || past.actions.rows() == wanted.action_dim);
}

}  // namespace

Status CheckLabels(const LabelSet& labels, std::int64_t unsafe) {
  LOOKOUT_CHECK(labels.observations.cols() == labels.rows(),
                "a label set has one observation for each point");
  for (const TargetPoint& point : labels.points) {
    LOOKOUT_CHECK(point.annotator >= kNobody && point.annotator < std::ssize(labels.annotators),
                  "who speaks is among the annotators of a label set");
  }
  const std::int64_t safe = labels.rows() - unsafe;
  if (labels.pairs.empty() && (unsafe == 0 || safe == 0)) {
    return BadInput(
        fmt::format("There are {} unsafe and {} safe steps among the marks; a cost model learns "
                    "from both: mark some {} spans{}",
                    unsafe, safe, unsafe == 0 ? "unsafe" : "safe",
                    unsafe + safe == 0 ? " and some safe ones." : " as well."));
  }
  if (labels.rows() > std::numeric_limits<int>::max()) {
    return BadInput("There are more labelled steps than a cost model can be fitted to.");
  }
  const Eigen::Index dim = labels.observations.rows();
  LOOKOUT_CHECK(labels.pairs.empty() || labels.pair_observations.rows() == dim,
                "pairs are of observations like those of the points");
  if (dim < 1 || dim > CostEnsemble::kMaxWidth) {
    return BadInput(fmt::format("The observations have {} values; a cost model takes 1 to {}.", dim,
                                CostEnsemble::kMaxWidth));
  }
  if (!labels.observations.allFinite() || !labels.pair_observations.allFinite()) {
    return BadInput("A labelled observation is not finite; leave diverged episodes out.");
  }
  return {};
}

Result<CostInputs> InputsFor(const LabelSet& labels, const CostModelSettings& settings) {
  if (Status status = CheckSignature(labels, settings.signature); !status) return status.error();
  auto left_out = LeftOut(settings.inputs, settings.signature);
  if (!left_out) return left_out.error();
  PastInputs past{.history = settings.history, .action_dim = 0, .traces = settings.traces};
  if (settings.with_action) {
    const bool points = labels.past.actions.rows() > 0;
    past.action_dim = static_cast<int>((points ? labels.past : labels.pair_past).actions.rows());
    if (past.action_dim == 0) {
      return BadInput("No action is recorded of the marked steps; fit a cost model without them.");
    }
  }
  if (!HasPast(labels.past, labels.observations, past) ||
      !HasPast(labels.pair_past, labels.pair_observations, past)) {
    return BadInput("What led to the marked steps is not at hand; fit to the observations alone.");
  }
  return CostInputs::Create(static_cast<int>(labels.observations.rows()),
                            LidarInputs(settings.signature), std::move(*left_out), past);
}

void TakeInputsOf(const CostModel& model, CostModelSettings& settings) {
  const CostEnsemble* ensemble = model.ensemble();
  if (ensemble == nullptr) return;
  const CostInputs& inputs = ensemble->inputs;
  settings.inputs = inputs.left_out().empty() ? InputChoice::kFull : InputChoice::kWorld;
  settings.history = inputs.past().history;
  settings.with_action = inputs.past().action_dim > 0;
  settings.traces = inputs.past().traces;
}

Transitions PointTransitions(const LabelSet& labels) {
  return TransitionsOf(labels.observations, labels.past);
}
Transitions PairTransitions(const LabelSet& labels) {
  return TransitionsOf(labels.pair_observations, labels.pair_past);
}

}  // namespace lookout::agents
