// Who is to act, as the window asks for it. Part of commands.h.
#pragma once

#include <string>

#include "ui/snapshots.h"

namespace lookout::ui {

struct SetAgent {
  AgentKind kind = AgentKind::kGoToGoal;
  std::string policy;  // its name, of kNamedPolicy
};
// Both or neither: the agent acts in that environment, whose episode begins anew and
// plays.
struct WatchIn {
  std::string environment;
  SetAgent agent;
};

}  // namespace lookout::ui
