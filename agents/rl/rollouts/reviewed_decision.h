// What became of one decision under an overseer, and which action is learned from then. One owner,
// one thread.
#pragma once

#include <Eigen/Core>

#include "agents/rl/rollouts/rollout_buffer.h"
#include "agents/rl/settings/training_settings.h"
#include "agents/rollout/stepper.h"

namespace lookout::agents {

class ReviewedDecision {
 public:
  // Before its first step. proposed: [action_dim]. Does not allocate after the first time.
  void Begin(const Eigen::VectorXd& proposed);
  // After each of its steps.
  void Add(const StepOutcome& outcome);

  // Counts the steps in the buffer's sample and, if any was blocked, makes the sample's action what
  // is learned from. Three ways to learn from a blocked proposal p at state s, where e was done:
  //
  // proposed: the sample stays (s, p). Overseer and environment together are a world in which p
  // leads where e leads; p was drawn from the policy of that world, so likelihood ratios and the
  // policy gradient are exact. The penalty is part of the reward. Nothing tells the policy about e.
  //
  // executed: the sample becomes (s, e). e was not drawn from the policy, and its density under
  // whoever chose it is not known, so no ratio can make it on-policy. The ratio is taken against
  // the policy that acted, pi(e|s) / pi_old(e|s): it is 1 at first, and clipping or the trust
  // region bound how far one update moves towards e (or away, where e turned out worse than
  // expected). That is imitation weighted by advantage, not the policy's gradient. As the gradient
  // of log pi grows with the distance in deviations, e further from the mean than kReach of them is
  // learned from at that distance: the mean follows, and later updates reach further.
  //
  // both: the sample becomes (s, e) as above, and the loss adds (s, p) with p's own likelihoods and
  // the advantage of e less the penalty, which is what p is worth in the world of `proposed`
  // (losses.h). Values are learned of what happened, so the penalty warns of p alone, not of the
  // way to s.
  //
  // A decision that is held for several steps is learned from as the mean of what was done in them.
  // One that ended the episode stays as it was proposed: nothing was done in its place.
  void Keep(LearnFrom learn_from, const Eigen::VectorXf& log_std, int sample,
            RolloutBuffer& buffer) const;

  static constexpr float kReach = 3.0F;

 private:
  Eigen::VectorXd sum_done_;  // [action_dim]
  int steps_ = 0;             // in which something was done
  int blocked_ = 0;
  int violations_ = 0;
};

}  // namespace lookout::agents
