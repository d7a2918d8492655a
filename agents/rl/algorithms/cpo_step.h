// The heart of CPO: the best step on a linear objective within a trust region and the half-space in
// which a linear constraint holds (Achiam et al. 2017, eqs. 11 to 14 and theorem 2). Pure; any
// thread.
#pragma once

#include "agents/rl/settings/iteration_report.h"

namespace lookout::agents {

// Of   max_x  g' x   subject to   c + b' x <= 0   and   x' H x / 2 <= delta:
struct CpoProblem {
  double q = 0.0;                 // g' H^-1 g
  double r = 0.0;                 // g' H^-1 b
  double s = 0.0;                 // b' H^-1 b
  double c = 0.0;                 // how far above the limit the cost is before the step
  double delta = 0.0;             // radius of the trust region, > 0
  bool has_cost_gradient = true;  // false: b is as good as zero
};

// The step x = gain_weight * H^-1 g - cost_weight * H^-1 b. Where no step in the region is cheap
// enough, it is the one that lowers the cost most (eq. 14).
struct CpoStep {
  CpoCase kind = CpoCase::kNone;
  double gain_weight = 0.0;  // 1 / lambda
  double cost_weight = 0.0;  // nu / lambda
  double nu = 0.0;           // the dual variable of the cost, its price in the objective's units
};

CpoStep SolveCpoStep(const CpoProblem& problem);

}  // namespace lookout::agents
