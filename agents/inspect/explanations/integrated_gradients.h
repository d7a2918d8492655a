// Integrated gradients (Sundararajan, Taly and Yan 2017): how much of a number, beyond that of a
// baseline, each value of the observation accounts for. Pure function; any thread.
#pragma once

#include <Eigen/Core>
#include <string>
#include <vector>

#include "agents/inspect/explanations/explained_function.h"
#include "sim/environment/environment.h"

namespace lookout::agents {

// One named part of the observation.
struct EntryAttribution {
  std::string key;  // "hazards_lidar"
  int offset = 0;   // in IntegratedGradients::values
  int size = 0;
  double value = 0.0;  // the sum over its values
};

struct IntegratedGradients {
  static constexpr int kPoints = 50;

  // (x - x') times the mean gradient at the midpoints of kPoints equal pieces of the way from the
  // baseline x' to the observation x; [observation_dim].
  Eigen::VectorXd values;
  std::vector<EntryAttribution> entries;  // in the order of the observation
  double value = 0.0;                     // of the observation
  double baseline_value = 0.0;
  // Completeness: the sum of values minus the difference of the two above. What the sum over points
  // in place of the integral leaves; more than 1 % of the difference is too much to trust.
  double residual = 0.0;
  GradientMethod method = GradientMethod::kBackward;

  double difference() const { return value - baseline_value; }
};

// observation, baseline: [observation_dim], of `spec`, which fits the function. points: at least 1.
Result<IntegratedGradients> IntegratedGradientsOf(const ExplainedFunction& function,
                                                  const sim::EnvironmentSpec& spec,
                                                  const Eigen::VectorXf& observation,
                                                  const Eigen::VectorXf& baseline,
                                                  int points = IntegratedGradients::kPoints,
                                                  const KeepGoing& keep_going = {});

}  // namespace lookout::agents
