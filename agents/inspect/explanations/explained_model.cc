#include "agents/inspect/explanations/explained_model.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

#include "agents/feedback/models/cost_ensemble.h"

namespace lookout::agents {
namespace {

using Observations = Eigen::Ref<const Eigen::MatrixXf>;

// What the networks see of states alone, [inputs x n].
Eigen::MatrixXf InputsOf(const CostEnsemble& ensemble, const Observations& observations) {
  Eigen::MatrixXf inputs(ensemble.inputs.dim(), observations.cols());
  ensemble.inputs.Write(observations, inputs);
  return inputs;
}

Eigen::VectorXd EnsembleLogOdds(const CostEnsemble& ensemble, const Observations& observations) {
  Eigen::MatrixXf inputs = InputsOf(ensemble, observations);
  ensemble.normaliser.Apply(inputs);
  Eigen::MatrixXf logits(std::ssize(ensemble.members), observations.cols());
  MlpWorkspace workspace(ensemble.members[0], kColumnBlock);
  for (Eigen::Index begin = 0; begin < inputs.cols(); begin += kColumnBlock) {
    const Eigen::Index columns = std::min<Eigen::Index>(kColumnBlock, inputs.cols() - begin);
    for (std::size_t i = 0; i < ensemble.members.size(); ++i) {
      logits.block(static_cast<Eigen::Index>(i), begin, 1, columns) =
          ensemble.members[i].Forward(inputs.middleCols(begin, columns), workspace);
    }
  }
  const Calibration& calibration = ensemble.calibration;
  Eigen::VectorXd log_odds(inputs.cols());
  for (Eigen::Index i = 0; i < inputs.cols(); ++i) {
    const bool known = observations.col(i).allFinite();
    log_odds[i] = known ? logits.col(i).mean() / calibration.temperature + calibration.bias
                        : std::numeric_limits<double>::quiet_NaN();
  }
  return log_odds;
}

// From the values that the networks see of a state back to those of the observation, as
// CostInputs::Write goes forth. What is said of earlier observations is their difference from this
// one, which of a state alone is 0 whatever it is.
Eigen::VectorXd PullBack(const CostInputs& inputs, const Eigen::Ref<const Eigen::VectorXf>& seen,
                         const Eigen::Ref<const Eigen::VectorXd>& gradient) {
  Eigen::VectorXd result = Eigen::VectorXd::Zero(inputs.observation_dim());
  auto left_out = inputs.left_out().begin();
  Eigen::Index from = 0;
  int next = 0;
  const auto pass_on = [&](int end) {
    for (; next < end; ++next) {
      if (left_out != inputs.left_out().end() && *left_out == next) {
        ++left_out;
      } else {
        result[next] = gradient[from++];
      }
    }
  };
  for (const LidarInput& lidar : inputs.lidars()) {
    pass_on(lidar.offset);
    Eigen::Index nearest = 0;
    if (lidar.bins > 0) {
      seen.segment(lidar.offset, lidar.bins).maxCoeff(&nearest);
      const double angle_rad =
          (static_cast<double>(nearest) + 0.5) * 2.0 * std::numbers::pi / lidar.bins;
      result[lidar.offset + nearest] = gradient[from] + gradient[from + 1] * std::cos(angle_rad) +
                                       gradient[from + 2] * std::sin(angle_rad);
    }
    from += 3;
    next += lidar.bins;
  }
  pass_on(inputs.observation_dim());
  return result;
}

Eigen::MatrixXd EnsembleGradient(const CostEnsemble& ensemble, const Observations& observations) {
  const Eigen::MatrixXf raw = InputsOf(ensemble, observations);
  Eigen::MatrixXf inputs = raw;
  ensemble.normaliser.Apply(inputs);
  MlpWorkspace workspace(ensemble.members[0], 1);
  Eigen::VectorXf parameter_gradient(ensemble.members[0].parameter_count());
  const Eigen::VectorXf& scale = ensemble.normaliser.scale();
  const double share =
      1.0 / (static_cast<double>(ensemble.members.size()) * ensemble.calibration.temperature);
  Eigen::MatrixXd result(observations.rows(), observations.cols());
  for (Eigen::Index i = 0; i < observations.cols(); ++i) {
    const Eigen::MatrixXf input = inputs.col(i);
    Eigen::VectorXd gradient = Eigen::VectorXd::Zero(inputs.rows());
    for (const Mlp& member : ensemble.members) {
      gradient += InputGradient(member, 0, input, workspace, parameter_gradient).cast<double>();
    }
    for (Eigen::Index k = 0; k < gradient.size(); ++k) {
      const bool clipped =
          ensemble.normaliser.count() > 0 && std::abs(input(k, 0)) >= Normaliser::kClip;
      gradient[k] *= clipped ? 0.0 : share * static_cast<double>(scale[k]);
    }
    result.col(i) = PullBack(ensemble.inputs, observations.col(i), gradient);
  }
  return result;
}

}  // namespace

double ProbabilityOf(double log_odds) { return 1.0 / (1.0 + std::exp(-log_odds)); }
double LogOddsOf(double probability) { return std::log(probability / (1.0 - probability)); }

Eigen::VectorXd ExplainedModel::Values(const Observations& observations) const {
  if (const CostEnsemble* const ensemble = model_->ensemble(); ensemble != nullptr) {
    return EnsembleLogOdds(*ensemble, observations);
  }
  Eigen::VectorXf probability(observations.cols());
  Eigen::VectorXf spread(observations.cols());
  model_->Predict(observations, probability, spread);
  constexpr double kEdge = 1e-6;
  Eigen::VectorXd log_odds = probability.cast<double>();
  for (double& value : log_odds) value = LogOddsOf(std::clamp(value, kEdge, 1.0 - kEdge));
  return log_odds;
}

Eigen::MatrixXd ExplainedModel::Gradient(const Observations& observations) const {
  if (const CostEnsemble* const ensemble = model_->ensemble(); ensemble != nullptr) {
    return EnsembleGradient(*ensemble, observations);
  }
  return ExplainedFunction::Gradient(observations);
}

}  // namespace lookout::agents
