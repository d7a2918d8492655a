// Where along a direction the cost of the constraint solver is least: a piecewise quadratic with a
// kink wherever a constraint becomes active. Evaluates what MuJoCo evaluates, in the same order.
// Internal to sim/. One thread; does not allocate.
#pragma once

#include "sim/solver/skyline_cholesky.h"

namespace lookout::sim {

struct LineSearch {
  // The problem: constraint i costs quadratics[i] while it is active. An equality always is, the
  // others while start[i] + alpha * slope[i] < 0.
  const double* start = nullptr;            // [constraints]
  const double* slope = nullptr;            // [constraints]
  const FourDoubles* quadratics = nullptr;  // [constraints] of 1, alpha, alpha^2; then 0
  FourDoubles smooth{};                     // what is always there
  int equalities = 0;
  int constraints = 0;
  double gradient_tolerance = 0;

  // The best alpha; 0 if none is better than 0.
  double Run();

 private:
  struct Point {
    double alpha = 0;
    double cost = 0;
    double first_derivative = 0;
    double second_derivative = 0;

    double NewtonStep() const { return alpha - first_derivative / second_derivative; }
  };

  Point At(double alpha);
  bool IsFlat(const Point& point) const;
  double Bracket(Point low, Point high, const Point& origin);
  bool Tighten(Point& bound, const Point (&candidates)[3], Point& next);

  int evaluations_ = 0;
};

}  // namespace lookout::sim
