#include "agents/rl/algorithms/conjugate_gradient.h"

namespace lookout::agents {
namespace {

// Of the squared residual relative to the right-hand side, at which nothing is left to gain.
constexpr double kVanished = 1e-20;

}  // namespace

ConjugateGradient::ConjugateGradient(int dimension)
    : residual_(Eigen::VectorXd::Zero(dimension)), direction_(residual_), product_(residual_) {}

bool ConjugateGradient::Solve(LinearOperator& a, const Eigen::VectorXd& b, int iterations,
                              Eigen::VectorXd& x) {
  x.setZero();
  residual_ = b;
  direction_ = b;
  double squared = residual_.squaredNorm();
  const double enough = kVanished * squared;
  for (int i = 0; i < iterations && squared > enough; ++i) {
    if (!a.Apply(direction_, product_)) return false;
    const double step = squared / direction_.dot(product_);
    x += step * direction_;
    residual_ -= step * product_;
    const double next = residual_.squaredNorm();
    direction_ = residual_ + (next / squared) * direction_;
    squared = next;
  }
  return true;
}

}  // namespace lookout::agents
