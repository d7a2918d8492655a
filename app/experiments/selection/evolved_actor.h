// A policy of which some parameters are changed by selection: those of the last layers of the
// network that makes its mean action. Immutable; any thread.
#pragma once

#include <Eigen/Core>

#include "agents/policies/learned/gaussian_actor.h"
#include "agents/policies/policy.h"

namespace lookout::app {

class EvolvedActor {
 public:
  // layers: the last ones, those that are there at most; of a network with memory it is always all.
  EvolvedActor(agents::GaussianActor actor, int layers);

  // What is changed, as it is at first, [parameters].
  Eigen::VectorXd start() const;
  // Its root mean square; 1 if all of it is 0.
  double scale() const;
  // The policy with these in their place, [parameters]; it takes its mean action.
  agents::PolicyPtr With(const Eigen::Ref<const Eigen::VectorXd>& parameters) const;

 private:
  agents::GaussianActor actor_;
  int evolved_;  // the last parameters, so many
};

}  // namespace lookout::app
