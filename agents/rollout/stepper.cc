#include "agents/rollout/stepper.h"

#include <memory>
#include <string>

#include "sim/base/check.h"

namespace lookout::agents {

Stepper::Stepper(sim::Environment& environment, ActionFilter* filter)
    : environment_(&environment),
      filter_(filter),
      filter_name_(filter != nullptr ? std::make_shared<const std::string>(filter->name())
                                     : nullptr) {
  const int action_dim = environment.spec().action_dim;
  outcome_.proposed_action.setZero(action_dim);
  outcome_.executed_action.setZero(action_dim);
}

void Stepper::BeginEpisode(int step) {
  step_ = step;
  Release();
  if (filter_ != nullptr) filter_->BeginEpisode();
}

void Stepper::Hold(const Eigen::VectorXd& action, sim::ActionSource source, int steps,
                   int held_steps) {
  outcome_.proposed_action = action;
  HoldProposed(source, steps);
  held_steps_ = held_steps;
}

void Stepper::HoldProposed(sim::ActionSource source, int steps) {
  LOOKOUT_CHECK(steps >= 1, "an action is held for at least one step");
  source_ = source;
  held_steps_ = 0;
  steps_left_ = steps;
}

const StepOutcome& Stepper::Step() {
  const Decision decision = Review();
  const bool passes = decision.kind == Decision::Kind::kPass;
  outcome_.source = passes ? source_ : decision.source;
  outcome_.reason = decision.reason;
  outcome_.overseer = {};
  if (!passes) outcome_.overseer = decision.overseer.empty() ? *filter_name_ : decision.overseer;
  outcome_.verdict = decision.verdict;
  outcome_.intervened = !passes;
  outcome_.stopped = decision.kind == Decision::Kind::kEnd;
  if (outcome_.stopped) {
    outcome_.executed_action.setZero();
    outcome_.result = {};
    outcome_.result.status = sim::EpisodeStatus::kTimedOut;
  } else {
    const Eigen::VectorXd& action = passes ? outcome_.proposed_action : *decision.action;
    outcome_.executed_action = action.cwiseMax(-1.0).cwiseMin(1.0);
    outcome_.result = environment_->Step(action);  // which clips it itself
  }
  ++step_;
  ++held_steps_;
  --steps_left_;
  if (sim::IsDone(outcome_.result.status)) Release();
  return outcome_;
}

const StepOutcome& Stepper::Step(const Policy& policy, PolicyMemory& memory, RandomState& random) {
  if (needs_action()) {
    policy.Act(environment_->observation(), memory, random, outcome_.proposed_action);
    HoldProposed(sim::ActionSource::kAgent, policy.action_repeat());
  }
  return Step();
}

Decision Stepper::Review() {
  LOOKOUT_CHECK(!needs_action(), "a review without an action");
  if (filter_ == nullptr) return Decision::Pass();
  const Decision decision =
      filter_->Review({*environment_, step_, held_steps_, source_}, outcome_.proposed_action);
  LOOKOUT_CHECK(decision.kind != Decision::Kind::kReplace ||
                    decision.action->size() == outcome_.proposed_action.size(),
                "a filter's action of another size");
  return decision;
}

}  // namespace lookout::agents
