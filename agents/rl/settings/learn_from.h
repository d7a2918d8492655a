// Which action is learned from where an overseer stepped in; how, is in
// agents/rl/rollouts/reviewed_decision.h. Any thread.
#pragma once

#include <cstdint>
#include <span>

#include "sim/base/choices.h"

namespace lookout::agents {

// What is learned from a decision that an overseer did not let pass. The others are learned from as
// they are.
enum class LearnFrom : std::uint8_t {
  kProposed,  // from the proposed action, as if overseer and environment were one: with the penalty
  kExecuted,  // from what was done in its place
  kBoth,      // from what was done, and with the penalty from what was proposed
};
std::span<const Choice<LearnFrom>> Choices(LearnFrom kind);

}  // namespace lookout::agents
