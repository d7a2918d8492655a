// Coming to rest, as what is done in place of an action that is not let pass. Any thread.
#pragma once

#include "agents/overseer/networks/fallback_action.h"
#include "sim/base/result.h"
#include "sim/config/config.h"

namespace lookout::agents {

// For environments of that configuration, which have to be SafetyGym; see Fallback. Rejects
// (kBadInput) a robot that nobody knows how to bring to rest.
Result<FallbackAction> MakeBrakeFallback(const sim::EnvironmentConfig& config,
                                         const sim::EnvironmentSpec& spec);

}  // namespace lookout::agents
