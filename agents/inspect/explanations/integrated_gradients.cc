#include "agents/inspect/explanations/integrated_gradients.h"

namespace lookout::agents {

Result<IntegratedGradients> IntegratedGradientsOf(const ExplainedFunction& function,
                                                  const sim::EnvironmentSpec& spec,
                                                  const Eigen::VectorXf& observation,
                                                  const Eigen::VectorXf& baseline, int points,
                                                  const KeepGoing& keep_going) {
  LOOKOUT_CHECK(observation.size() == function.observation_dim() &&
                    baseline.size() == observation.size() && points > 0,
                "observations do not fit what is explained");
  IntegratedGradients result{.method = function.gradients()};
  const Eigen::VectorXf way = observation - baseline;
  Eigen::VectorXd gradient = Eigen::VectorXd::Zero(way.size());
  for (int point = 0; point < points; ++point) {
    if (Status going = CheckGoing(keep_going); !going) return going.error();
    const float t = (static_cast<float>(point) + 0.5F) / static_cast<float>(points);
    const Eigen::VectorXf between = baseline + t * way;
    gradient += function.Gradient(between).col(0);
  }
  result.values = way.cast<double>().cwiseProduct(gradient / points);
  Eigen::MatrixXf ends(way.size(), 2);
  ends << observation, baseline;
  const Eigen::VectorXd values = function.Values(ends);
  result.value = values[0];
  result.baseline_value = values[1];
  result.residual = result.values.sum() - result.difference();
  for (const sim::ObservationEntry& entry : spec.observation_entries) {
    result.entries.push_back({entry.key, entry.offset, entry.size,
                              result.values.segment(entry.offset, entry.size).sum()});
  }
  return result;
}

}  // namespace lookout::agents
