// The constraint solver of a forward pass: MuJoCo's Newton method for dense Jacobians, digit by
// digit, but skipping the zeros between bodies that do not touch and using the processor's vectors.
// speed.md says why. One per world, same thread; does not allocate after construction.
#pragma once

#include <Eigen/Core>
#include <vector>

#include "sim/solver/line_search.h"
#include "sim/solver/mujoco_handles.h"
#include "sim/solver/skyline_cholesky.h"

namespace lookout::sim {

class NewtonSolver {
 public:
  explicit NewtonSolver(const mjModel& model);

  // Does what mj_fwdConstraint does, to the last bit. What it is not made for it leaves to that:
  // sparse Jacobians, other solvers, elliptic cones, dry friction, other versions of MuJoCo.
  void Solve(const mjModel& model, mjData& data);

 private:
  struct Columns {  // of a row of the Jacobian, outside of which it is zero
    int first = 0;
    int end = 0;
  };

  bool IsMadeFor(const mjModel& model, const mjData& data) const;
  void FindColumns(const mjModel& model);
  void FindShape(const mjModel& model);

  void ResidualOf(const double* acceleration, double* residual) const;
  double CostOf(const double* residual, double sum) const;
  double AddGaussTerms(const double* momentum, const double* acceleration, double sum) const;
  void ChooseStart(const mjModel& model);
  void Iterate(const mjModel& model);

  void UpdateForces();
  void UpdateGradient();
  void FactorHessian(const mjModel& model);
  void UpdateHessian(const mjModel& model);
  double SearchLine(const mjModel& model);
  double Scaled(const mjModel& model, double value) const;

  bool made_for_model_;
  int nv_;
  mjData* data_ = nullptr;  // while solving
  int rows_ = 0;            // of the Jacobian
  std::vector<Columns> columns_;
  std::vector<int> first_entries_;
  SkylineCholesky hessian_;
  LineSearch line_search_;

  // [rows]
  std::vector<double> residual_, slope_;
  std::vector<FourDoubles> quadratics_;
  std::vector<int> old_states_;
  // [nv]
  std::vector<double> momentum_, momentum_slope_, gradient_, direction_, scratch_;
  double cost_ = 0;
  double gauss_ = 0;
};

}  // namespace lookout::sim
