// The multiplier as a PID controller's output (Stooke, Achiam and Abbeel 2020): it reacts to how
// far the cost is above the limit now, has been, and is rising, where gradient ascent only sums up
// and so overshoots. One owner, one thread.
#pragma once

#include <deque>

#include "agents/learning/archive.h"
#include "agents/rl/multipliers/multiplier_cap.h"

namespace lookout::agents {

struct PidGains {
  double proportional = 0.1;
  double integral = 0.01;
  double derivative = 0.01;
  double smoothing = 0.95;  // weight of the past, in [0, 1)
  int delay = 10;           // updates that the derivative looks back, >= 1
};

class PidMultiplier {
 public:
  PidMultiplier() : PidMultiplier(1.0, {}) {}
  // initial >= 0, <= cap.highest: what the integral starts with.
  PidMultiplier(double initial, const PidGains& gains, const MultiplierCap& cap = {});

  // Never negative, never above the cap.
  double value() const { return value_; }

  // Algorithm 2 of the paper, with D = cost - limit:
  //   I = max(0, I + K_I D)
  //   lambda = max(0, K_P smooth(D) + I + K_D max(0, smooth(cost) - smooth(cost) `delay` ago))
  // With a cap: lambda = min(cap, lambda); with anti-windup, I rises only as far as takes lambda to
  // the cap:
  //   I = min(max(0, I + K_I D), max(I, cap - K_P smooth(D) - K_D max(0, ...)))
  void Update(double episode_cost, double limit);

  // Fields "multiplier.pid*". Keeps its own gains.
  void Encode(ArchiveWriter& writer) const;
  void Decode(ArchiveReader& reader);

 private:
  PidGains gains_;
  MultiplierCap cap_;
  double value_;
  double integral_;
  double smooth_excess_ = 0.0;
  std::deque<double> smooth_costs_;  // the newest last, at most delay + 1; empty: no update yet
};

}  // namespace lookout::agents
