// The account of oversight as text and as JSON. Any thread.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "agents/overseer/ledger.h"

namespace lookout::app {

// The kinds of cost that an environment charges, in its order.
using CostKinds = std::vector<sim::CostKind>;

// Several lines. planned_steps: of which the hours are told that a person would be needed for; 0:
// none are told.
std::string LedgerText(const agents::LedgerCounts& counts, const CostKinds& kinds,
                       double planned_steps = 0.0);

// One object, likewise; null for what there is nothing to count on.
nlohmann::ordered_json LedgerToJson(const agents::LedgerCounts& counts, const CostKinds& kinds,
                                    double planned_steps = 0.0);

}  // namespace lookout::app
