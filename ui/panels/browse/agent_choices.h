// The agents that a person may put into the live episode. Window thread only.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "ui/commands.h"
#include "ui/panels/state/inputs/window_inputs.h"
#include "ui/snapshots.h"

namespace lookout::ui {

struct AgentChoice {
  AgentKind kind = AgentKind::kRandom;
  std::string_view policy;       // of kNamedPolicy
  std::string_view environment;  // that it was trained in; empty: any
  std::string_view name;
  const char* icon = "";
  std::string_view remark;  // what it does
  std::string_view disabled_because = {};
};

// Built-in agents, then the policies. Names point into `policies`.
std::vector<AgentChoice> AgentChoices(const Snapshots& snapshots,
                                      std::span<const NamedPolicy> policies);
// Whether that agent steers the live episode now.
bool IsActing(const AgentChoice& choice, const PlayerSnapshot& player);
// Whether it was trained in another environment than the one that is played.
bool IsFromElsewhere(const AgentChoice& choice, const PlayerSnapshot& player);
SetAgent WishFor(const AgentChoice& choice);

}  // namespace lookout::ui
