#include "agents/rl/runs/first_policy.h"

#include <algorithm>
#include <limits>

namespace lookout::agents {
namespace {

Eigen::MatrixXf MeansOf(const GaussianActor& actor,
                        const Eigen::Ref<const Eigen::MatrixXf>& observations) {
  Eigen::MatrixXf inputs = observations;
  if (actor.normaliser) actor.normaliser->Apply(inputs);
  constexpr Eigen::Index kColumns = 256;
  SequenceWorkspace workspace(actor.mean, kColumns);
  const Eigen::MatrixXf no_states(0, kColumns);
  Eigen::MatrixXf means(actor.action_dim(), inputs.cols());
  for (Eigen::Index begin = 0; begin < inputs.cols(); begin += kColumns) {
    const Eigen::Index n = std::min(kColumns, inputs.cols() - begin);
    means.middleCols(begin, n) =
        actor.mean.Forward({inputs.middleCols(begin, n), {}, no_states.leftCols(n)}, workspace);
  }
  return means;
}

}  // namespace

double SumOfKl(const GaussianActor& first, const GaussianActor& acting,
               const Eigen::Ref<const Eigen::MatrixXf>& observations) {
  if (first.mean.has_memory() || acting.mean.has_memory()) {
    return std::numeric_limits<double>::quiet_NaN();
  }
  const Eigen::MatrixXf old_means = MeansOf(first, observations);
  const Eigen::MatrixXf means = MeansOf(acting, observations);
  double sum = 0.0;
  for (Eigen::Index i = 0; i < means.cols(); ++i) {
    sum += double(GaussianKl(means.col(i), acting.log_std, old_means.col(i), first.log_std));
  }
  return sum;
}

double KlFromFirst(const GaussianActor& first, const GaussianActor& acting,
                   const RolloutBuffer& buffer) {
  const int some = std::min(buffer.size, kKlDecisions);
  if (some == 0) return std::numeric_limits<double>::quiet_NaN();
  Eigen::MatrixXf observations(buffer.observations.rows(), some);
  for (int i = 0; i < some; ++i) {
    const auto sample = static_cast<Eigen::Index>(std::int64_t{i} * buffer.size / some);
    observations.col(i) = buffer.observations.col(sample);
  }
  return SumOfKl(first, acting, observations) / some;
}

}  // namespace lookout::agents
