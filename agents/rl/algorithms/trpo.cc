#include "agents/rl/algorithms/trpo.h"

#include <cmath>

namespace lookout::agents {
namespace {

// Where the gradient vanishes the step does, too.
constexpr double kLeastCurvature = 1e-8;

}  // namespace

Trpo::Trpo(const TrainingSettings& settings, const TrainedNetwork& shape)
    : target_kl_(settings.target_kl),
      products_(settings.conjugate_gradient_iterations + 1),
      region_(settings, shape),
      g_(Eigen::VectorXd::Zero(region_.dimension())),
      x_(g_),
      hx_(g_) {}

Result<bool> Trpo::Run(LearnerState& state, const UpdateInput& input, IterationReport& report) {
  return Improve(state.policy, 0.0, input, report);
}

Result<bool> Trpo::Improve(TrainedNetwork& policy, double multiplier, const UpdateInput& input,
                           IterationReport& report) {
  // Eq. 14: climb g within KL <= delta. To second order the KL is x' H x / 2, so the best direction
  // is x = H^-1 g and the longest step along it sqrt(2 delta / x' H x) (appendix C).
  region_.Begin(policy, multiplier, input, products_);
  if (!region_.ObjectiveGradient(g_, report)) return NotFinite("policy", "target-kl");
  if (!region_.Solve(g_, x_) || !region_.Apply(x_, hx_)) return false;
  const double curvature = x_.dot(hx_);
  if (!std::isfinite(curvature)) return NotFinite("policy", "target-kl");
  x_ *= std::sqrt(2.0 * target_kl_ / (curvature + kLeastCurvature));
  return region_.Search(x_, {}, report);
}

}  // namespace lookout::agents
