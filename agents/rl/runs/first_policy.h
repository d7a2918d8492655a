// The policy that a run's optimisation began with, and how far later ones have come from it. Owned
// by the training run; one thread.
#pragma once

#include <optional>

#include "agents/policies/learned/gaussian_actor.h"
#include "agents/rl/rollouts/rollout_buffer.h"

namespace lookout::agents {

// Decisions, evenly over a collection, that KlFromFirst looks at.
inline constexpr int kKlDecisions = 2048;

// The first policy is the one that acts in the first iteration, unless that one still has to find
// out how to normalise observations: then nothing is learned in it, and the first is the one that
// acts in the second.
inline bool CanBeFirst(const GaussianActor& actor) {
  return !actor.normaliser || actor.normaliser->count() > 0;
}

// Mean KL(acting || first) in nats per decision, in closed form at what the acting policy observed:
// GaussianKl at each of kKlDecisions samples. buffer: as collected by the acting policy, its
// observations not normalised yet. NaN without samples, and of policies with memory.
double KlFromFirst(const GaussianActor& first, const GaussianActor& acting,
                   const RolloutBuffer& buffer);

// The same at any observations [observation_dim x n]: the sum over the columns.
double SumOfKl(const GaussianActor& first, const GaussianActor& acting,
               const Eigen::Ref<const Eigen::MatrixXf>& observations);

}  // namespace lookout::agents
