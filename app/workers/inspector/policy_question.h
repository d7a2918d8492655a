// What the policy of a request is asked: the numbers that it makes of the moment, and what they are
// called in the window. The inspector's thread.
#pragma once

#include <string>
#include <vector>

#include "agents/inspect/explanations/agent_numbers.h"
#include "app/workers/inspector/inspector_request.h"

namespace lookout::app {

// "forward", "left wheel"; of a robot that is not driven by such the name of its motor, "hip 1 y".
std::string ComponentName(const sim::EnvironmentConfig& config, const sim::EnvironmentSpec& spec,
                          std::size_t component);

struct AskedNumber {
  agents::AgentNumber number;
  std::string name;
  std::string meaning;     // in a few words more
  bool is_danger = false;  // the more, the worse
};

// The same functions as `lookout explain AGENT` asks. Rejects (kBadInput) a policy that is not
// learned, one that does not fit the episode, and where its critics are asked one without any.
Result<std::vector<AskedNumber>> NumbersAsked(const ExplainRequest& request);

}  // namespace lookout::app
