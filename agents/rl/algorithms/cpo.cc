#include "agents/rl/algorithms/cpo.h"

#include <algorithm>
#include <cmath>

namespace lookout::agents {
namespace {

// Squared length below which the cost's gradient counts as zero.
constexpr double kNoGradient = 1e-8;

}  // namespace

Cpo::Cpo(const TrainingSettings& settings, const TrainedNetwork& shape, int most_decisions)
    : settings_(settings),
      most_decisions_(most_decisions),
      region_(settings, shape),
      g_(Eigen::VectorXd::Zero(region_.dimension())),
      b_(g_),
      v_(g_),
      w_(g_),
      product_(g_) {}

double Cpo::Excess(const UpdateInput& input, const IterationReport& report) const {
  if (std::isfinite(report.constrained_cost)) {
    const double decisions = report.mean_length / settings_.action_repeat;
    return (report.constrained_cost - settings_.cost_limit) / decisions;
  }
  // No episode ended: all that is known is what a decision costs.
  return double(input.buffer.costs.head(input.buffer.size).mean()) -
         settings_.cost_limit / most_decisions_;
}

bool Cpo::Pose(double excess, CpoProblem& problem) {
  problem.c = excess;
  problem.delta = settings_.target_kl;
  problem.has_cost_gradient = b_.squaredNorm() > kNoGradient;
  if (!region_.Solve(g_, v_) || !region_.Apply(v_, product_)) return false;
  // With H v instead of g, so that the numbers belong to the directions that were really found.
  problem.q = v_.dot(product_);
  w_.setZero();
  if (!problem.has_cost_gradient && excess < 0.0) return true;
  if (!region_.Solve(b_, w_)) return false;
  problem.r = w_.dot(product_);
  if (!region_.Apply(w_, product_)) return false;
  problem.s = w_.dot(product_);
  return true;
}

Result<bool> Cpo::Run(LearnerState& state, const UpdateInput& input, IterationReport& report) {
  // Eq. 11: g and b linearise objective and cost, H is the KL's Hessian.
  region_.Begin(state.policy, 0.0, input, 2 * (settings_.conjugate_gradient_iterations + 1));
  if (!region_.ObjectiveGradient(g_, report) || !region_.CostGradient(b_)) {
    return NotFinite("policy", "target-kl");
  }
  CpoProblem problem;
  if (!Pose(Excess(input, report), problem)) return false;
  const CpoStep step = SolveCpoStep(problem);
  // Eqs. 13 and 14.
  v_ = step.gain_weight * v_ - step.cost_weight * w_;
  if (!v_.allFinite()) return NotFinite("policy", "target-kl");
  report.cpo_case = step.kind;
  report.multiplier = step.nu;
  // Where the cost is too high, lowering it comes before the objective.
  const bool cheap_enough = problem.c < 0.0;
  return region_.Search(
      v_, {.needs_gain = cheap_enough, .most_cost_change = std::max(-problem.c, 0.0)}, report);
}

}  // namespace lookout::agents
