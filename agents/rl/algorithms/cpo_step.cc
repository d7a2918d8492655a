#include "agents/rl/algorithms/cpo_step.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace lookout::agents {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
// Added to s, so that a cost without gradient asks for no step.
constexpr double kLeastSquare = 1e-20;
// Where g and b are parallel lambda vanishes, and with it what is divided by lambda; this much of
// the unconstrained lambda is left.
constexpr double kLeastShare = 1e-6;

CpoCase CaseOf(const CpoProblem& p) {
  if (!p.has_cost_gradient && p.c < 0.0) return CpoCase::kNoGradient;
  // b' x ranges over +-sqrt(2 delta s) in the trust region.
  const bool boundary_cuts = p.c * p.c <= 2.0 * p.delta * p.s;
  if (p.c < 0.0) return boundary_cuts ? CpoCase::kBoundary : CpoCase::kInside;
  return boundary_cuts ? CpoCase::kPartly : CpoCase::kRecovery;
}

// One piece of the dual, (over / lambda + times lambda) / 2, and the interval on which it holds.
struct DualPiece {
  double over;
  double times;
  double least;
  double most;

  bool empty() const { return least >= most; }
  double Best() const {
    const double free = times > 0.0 ? std::sqrt(over / times) : (over > 0.0 ? kInfinity : 0.0);
    return std::clamp(free, least, most);
  }
  double At(double lambda) const {
    const double first = over > 0.0 ? over / lambda : 0.0;
    return 0.5 * (first + (times > 0.0 ? times * lambda : 0.0));
  }
};

// Without the constraint (nu = 0) the dual is smallest here.
double FreeLambda(const CpoProblem& p) { return std::sqrt(p.q / (2.0 * p.delta)); }

// The dual of eq. 12 for a single constraint. Given lambda, the best nu is
// max(0, (lambda c + r) / s); put in, the dual to be made smallest over lambda > 0 is
//   (A / lambda + B lambda) / 2 - r c / s   where lambda c + r > 0 ("bound"),
//   (q / lambda + 2 delta lambda) / 2       elsewhere ("free"),
// with A = q - r^2 / s and B = 2 delta - c^2 / s (theorem 2).
double BoundLambda(const CpoProblem& p) {
  const double s = p.s + kLeastSquare;
  const double meeting = p.c != 0.0 ? std::max(0.0, -p.r / p.c) : kInfinity;
  const bool bound_is_left = p.c < 0.0 || (p.c == 0.0 && p.r > 0.0);
  DualPiece bound{std::max(0.0, p.q - p.r * p.r / s), std::max(0.0, 2.0 * p.delta - p.c * p.c / s),
                  0.0, meeting};
  DualPiece free{p.q, 2.0 * p.delta, meeting, kInfinity};
  if (!bound_is_left) {
    std::swap(bound.least, free.least);
    std::swap(bound.most, free.most);
  }
  if (bound.empty()) return free.Best();
  if (free.empty()) return bound.Best();
  const double bound_value = bound.At(bound.Best()) - p.r * p.c / s;
  return bound_value <= free.At(free.Best()) ? bound.Best() : free.Best();
}

}  // namespace

CpoStep SolveCpoStep(const CpoProblem& p) {
  CpoStep step{.kind = CaseOf(p)};
  const double s = p.s + kLeastSquare;
  if (step.kind == CpoCase::kRecovery) {
    // Eq. 14: as much cheaper as the trust region allows.
    step.nu = std::sqrt(2.0 * p.delta / s);
    step.cost_weight = step.nu;
    return step;
  }
  const bool bound = step.kind == CpoCase::kBoundary || step.kind == CpoCase::kPartly;
  const double lambda =
      std::max({bound ? BoundLambda(p) : FreeLambda(p), kLeastShare * FreeLambda(p), kLeastSquare});
  step.gain_weight = 1.0 / lambda;
  if (bound) {
    step.cost_weight = std::max(0.0, p.c + p.r / lambda) / s;
    step.nu = std::isfinite(lambda) ? lambda * step.cost_weight : 0.0;
  }
  return step;
}

}  // namespace lookout::agents
