// --slips: how often one verdict is known to be the wrong one. Main thread.
#pragma once

#include <CLI/CLI.hpp>
#include <optional>
#include <vector>

#include "agents/feedback/audit/slip_correction.h"
#include "sim/base/result.h"

namespace lookout::app {

// slips: shares of false alarms and of misses; stays empty where the option is not used.
void AddSlipsOption(CLI::App& command, std::vector<double>& slips);

// Nothing of an empty list. Rejects (kUsage) what CheckSlips does.
Result<std::optional<agents::SlipRates>> ReadSlips(const std::vector<double>& slips);

}  // namespace lookout::app
