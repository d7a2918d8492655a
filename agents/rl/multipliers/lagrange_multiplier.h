// The multiplier lambda of the constraint "episode cost <= limit", raised while the constraint is
// broken and lowered while it is kept (Ray, Achiam and Amodei 2019). One owner, one thread.
#pragma once

#include <Eigen/Core>
#include <string_view>

#include "agents/learning/adam.h"

namespace lookout::agents {

class LagrangeMultiplier {
 public:
  LagrangeMultiplier() : LagrangeMultiplier(1.0, 5e-2) {}
  // initial > 0.
  LagrangeMultiplier(double initial, double learning_rate);

  // softplus(p) = log(1 + exp(p)), never negative.
  double value() const;

  // One step of Adam on p for the loss -p * (episode_cost - limit).
  void Update(double episode_cost, double limit);

  // Fields "multiplier.p" and those of Adam.
  void Encode(ArchiveWriter& writer) const;
  void Decode(ArchiveReader& reader);

 private:
  Eigen::VectorXf parameter_;  // p, [1]
  Adam adam_;
};

}  // namespace lookout::agents
