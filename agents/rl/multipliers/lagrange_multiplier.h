// The multiplier lambda of the constraint "episode cost <= limit", raised while the constraint is
// broken and lowered while it is kept (Ray, Achiam and Amodei 2019). One owner, one thread.
#pragma once

#include <Eigen/Core>
#include <string_view>

#include "agents/learning/adam.h"
#include "agents/rl/multipliers/multiplier_cap.h"

namespace lookout::agents {

class LagrangeMultiplier {
 public:
  LagrangeMultiplier() : LagrangeMultiplier(1.0, 5e-2) {}
  // 0 < initial <= cap.highest.
  LagrangeMultiplier(double initial, double learning_rate, const MultiplierCap& cap = {});

  // min(cap, softplus(p)), softplus(p) = log(1 + exp(p)); never negative.
  double value() const;

  // One step of Adam on p for the loss -p * (episode_cost - limit). With anti-windup none while
  // lambda is at the cap and the cost above the limit, which would only sum up in p and in Adam's
  // moments.
  void Update(double episode_cost, double limit);

  // Fields "multiplier.p" and those of Adam.
  void Encode(ArchiveWriter& writer) const;
  void Decode(ArchiveReader& reader);

 private:
  MultiplierCap cap_;
  Eigen::VectorXf parameter_;  // p, [1]
  Adam adam_;
};

}  // namespace lookout::agents
