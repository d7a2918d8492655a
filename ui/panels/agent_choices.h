// The agents that a person may put into the live episode. Window thread only.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "ui/commands.h"
#include "ui/snapshots.h"

namespace lookout::ui {

struct AgentChoice {
  AgentKind kind = AgentKind::kRandom;
  std::string_view shipped;  // of kShipped
  std::string_view name;
  const char* icon = "";
  std::string_view remark;  // what it does
  std::string_view disabled_because = {};
};

// Built-in agents, then the shipped ones. Names point into `shipped_agents`.
std::vector<AgentChoice> AgentChoices(const Snapshots& snapshots,
                                      std::span<const std::string> shipped_agents);
// Whether that agent steers the live episode now.
bool IsActing(const AgentChoice& choice, const PlayerSnapshot& player);
SetAgent WishFor(const AgentChoice& choice);

}  // namespace lookout::ui
