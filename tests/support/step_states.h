// Steps with a simulator's state that a test makes up or changes. Any thread.
#pragma once

#include <memory>
#include <utility>

#include "sim/recording/recording.h"

namespace lookout::test {

// Gives the step the state, and its status.
inline void SetState(sim::StepRecord& step, sim::SimState state) {
  step.status = state.status;
  step.state = std::make_shared<const sim::SimState>(std::move(state));
}

// Changes a copy of the step's state, or an empty one: change(sim::SimState&).
template <typename Change>
void ChangeState(sim::StepRecord& step, Change change) {
  sim::SimState state = step.state ? *step.state : sim::SimState();
  change(state);
  SetState(step, std::move(state));
}

}  // namespace lookout::test
