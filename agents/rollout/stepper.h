// The one loop that steps an environment: act, have the action reviewed, step, say what happened.
// Holds actions for as many steps as they are meant for. Belongs to the environment's thread.
#pragma once

#include <Eigen/Core>
#include <string_view>

#include "agents/policies/policy.h"
#include "agents/rollout/action_filter.h"
#include "sim/base/random_state.h"
#include "sim/environment/environment.h"
#include "sim/recording/recording.h"

namespace lookout::agents {

// One environment step.
struct StepOutcome {
  Eigen::VectorXd proposed_action;  // [action_dim], not clipped
  Eigen::VectorXd executed_action;  // [action_dim], clipped to [-1, 1] as the environment does;
                                    // 0 if the filter ended the episode
  sim::ActionSource source = sim::ActionSource::kNone;  // of the executed action, or of the end
  std::string_view reason;    // why the filter did not let it pass; empty if it did
  std::string_view overseer;  // who did not, by name; empty if it passed
  bool intervened = false;    // the filter replaced the action or ended the episode
  bool stopped = false;       // the filter ended the episode: nothing was done
  BlockVerdict verdict = BlockVerdict::kNotSettled;  // if it intervened
  // If stopped, no reward, no cost and kTimedOut: to the agent, an end from outside like that one.
  sim::StepResult result;
};

class Stepper {
 public:
  // Both have to outlive it; without a filter every action passes.
  explicit Stepper(sim::Environment& environment, ActionFilter* filter = nullptr);

  // After each reset of the environment: nothing is held. `step`: of the episode, where it is
  // entered later than at its start.
  void BeginEpisode(int step = 0);

  // Drops what is held, as when another agent takes over.
  void Release() { steps_left_ = 0; }
  // Whether the next step needs a new action.
  bool needs_action() const { return steps_left_ == 0; }
  // Of the last step.
  const StepOutcome& outcome() const { return outcome_; }
  // The newest that was proposed, [action_dim], not clipped.
  const Eigen::VectorXd& proposed_action() const { return outcome_.proposed_action; }
  // Proposes an action, [action_dim], for the next `steps` >= 1 steps. `held_steps`: done with it
  // already, where an episode is entered while it is held.
  void Hold(const Eigen::VectorXd& action, sim::ActionSource source, int steps, int held_steps = 0);

  // What the filter makes of the action that is held, before anything is done; not to be called if
  // there is none. The filter is asked again in Step, and may have been told something meanwhile.
  Decision Review();

  // Steps with the action that is held; not to be called if there is none, or once the episode has
  // ended. Does not allocate after the first step. Valid until the next one.
  const StepOutcome& Step();
  // The same with a policy, which is asked where a new action is needed.
  const StepOutcome& Step(const Policy& policy, PolicyMemory& memory, RandomState& random);

 private:
  void HoldProposed(sim::ActionSource source, int steps);

  sim::Environment* environment_;
  ActionFilter* filter_;
  int step_ = 0;
  int held_steps_ = 0;                                   // done with the action that is held
  int steps_left_ = 0;                                   // to do with it
  sim::ActionSource source_ = sim::ActionSource::kNone;  // of the action that is held
  sim::SharedName filter_name_;                          // null without a filter
  StepOutcome outcome_;
};

}  // namespace lookout::agents
