#include "agents/inspect/explanations/nearest_labels.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <numeric>

#include "agents/feedback/models/cost_ensemble.h"

namespace lookout::agents {
namespace {

Eigen::MatrixXf StandardisedInputs(const CostEnsemble& ensemble,
                                   const Eigen::Ref<const Eigen::MatrixXf>& observations) {
  Eigen::MatrixXf inputs(ensemble.inputs.dim(), observations.cols());
  ensemble.inputs.Write(observations, inputs);
  ensemble.normaliser.Apply(inputs);
  return inputs;
}

bool IsBeside(const TargetPoint& point, const std::vector<NearLabel>& told, StepIndex apart_steps) {
  return std::ranges::any_of(told, [&](const NearLabel& other) {
    return other.episode == point.episode && std::abs(other.step - point.step) < apart_steps;
  });
}

}  // namespace

Result<std::vector<NearLabel>> NearestLabels(const ExplainedModel& model, const LabelSet& labels,
                                             const Eigen::VectorXf& observation,
                                             const NearestLabelsSettings& settings,
                                             const KeepGoing& keep_going) {
  const CostEnsemble* const ensemble = model.model().ensemble();
  if (ensemble == nullptr) {
    return BadInput(
        "The cost model has no networks whose inputs labelled moments could be compared by; name "
        "one that 'lookout fit' wrote.");
  }
  if (labels.rows() > 0 && labels.observations.rows() != observation.size()) {
    return BadInput(fmt::format("The labels are of observations of {} values, not of {}.",
                                labels.observations.rows(), observation.size()));
  }
  std::vector<NearLabel> told;
  if (labels.rows() == 0) return told;
  if (Status going = CheckGoing(keep_going); !going) return going.error();
  const Eigen::VectorXf here = StandardisedInputs(*ensemble, observation);
  const Eigen::VectorXf squared =
      (StandardisedInputs(*ensemble, labels.observations).colwise() - here).colwise().squaredNorm();
  std::vector<int> order(static_cast<std::size_t>(labels.rows()));
  std::iota(order.begin(), order.end(), 0);
  std::ranges::stable_sort(order, {}, [&](int row) { return squared[row]; });
  for (const int row : order) {
    if (std::ssize(told) >= settings.most) break;
    const TargetPoint& point = labels.points[static_cast<std::size_t>(row)];
    if (IsBeside(point, told, settings.apart_steps)) continue;
    const bool named = point.annotator >= 0 && point.annotator < std::ssize(labels.annotators);
    told.push_back({.row = row,
                    .episode = point.episode,
                    .step = point.step,
                    .source = point.source,
                    .annotator = named
                                     ? labels.annotators[static_cast<std::size_t>(point.annotator)]
                                     : std::string(),
                    .target = point.target,
                    .marked = point.marked,
                    .distance = std::sqrt(static_cast<double>(squared[row])),
                    .probability = ProbabilityOf(model.Values(labels.observations.col(row))[0])});
  }
  return told;
}

}  // namespace lookout::agents
