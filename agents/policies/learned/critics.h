// What a learned agent expects of a state, beside what it does there. A value; const use from any
// thread.
#pragma once

#include "agents/learning/sequence_network.h"

namespace lookout::agents {

// The discounted reward, and the discounted cost, from a state on.
struct Critics {
  SequenceNetwork value;
  SequenceNetwork cost_value;
  bool cost_value_is_trained = false;  // where nothing is constrained it stays as it began
};

}  // namespace lookout::agents
