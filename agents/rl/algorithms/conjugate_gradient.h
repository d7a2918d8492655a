// Conjugate gradients (Hestenes and Stiefel 1952) for A x = b where A is only known by what it does
// to a vector. One owner, one thread; the operator may spread its own work.
#pragma once

#include <Eigen/Core>

namespace lookout::agents {

// A symmetric positive definite matrix, [n x n].
class LinearOperator {
 public:
  virtual ~LinearOperator() = default;
  // product = A vector, both [n]. False: abandoned.
  virtual bool Apply(const Eigen::VectorXd& vector, Eigen::VectorXd& product) = 0;
};

class ConjugateGradient {
 public:
  explicit ConjugateGradient(int dimension);

  // Starts from x = 0 and takes that many steps, fewer if the residual vanishes; n of them are
  // exact but for rounding. x: [n], overwritten. False if the operator abandons. Does not allocate.
  bool Solve(LinearOperator& a, const Eigen::VectorXd& b, int iterations, Eigen::VectorXd& x);

 private:
  Eigen::VectorXd residual_;
  Eigen::VectorXd direction_;
  Eigen::VectorXd product_;
};

}  // namespace lookout::agents
