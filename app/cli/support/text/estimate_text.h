// Figures with intervals, as people read them. Any thread.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "agents/feedback/agreement/episode_bootstrap.h"

namespace lookout::app {

// "0.62 [0.51, 0.70]", without the brackets where there is no interval; "-" for NaN.
std::string EstimateText(const agents::Estimate& estimate, int decimals = 2);

// {"value": ..., "low": ..., "high": ...}; null for NaN.
nlohmann::ordered_json EstimateToJson(const agents::Estimate& estimate);

// A share and its interval in percent.
agents::Estimate InPercent(const agents::Estimate& share);

}  // namespace lookout::app
