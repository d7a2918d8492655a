// What an experiment on robustness leaves behind: a table of every figure of every seed, a picture
// and a JSON object with all that it was made with. Pure functions; any thread.
#pragma once

#include <span>
#include <string>

#include "app/experiments/robustness/robustness_result.h"
#include "app/experiments/robustness/robustness_settings.h"
#include "app/experiments/robustness/robustness_summary.h"

namespace lookout::app {

// A row for each seed, arm and number of answers; empty where a number is not known.
std::string RobustnessCsv(std::span<const RobustnessSeed> results);

// The error by severity, corruption errors by corruption, and how errors fall with the answers on
// two logarithmic axes, with 95 % bands.
std::string RobustnessSvg(const RobustnessSettings& settings, const RobustnessSummary& summary);

// command: that does it all again.
std::string RobustnessJson(const RobustnessSettings& settings,
                           std::span<const RobustnessSeed> results,
                           const RobustnessSummary& summary, const std::string& command);

}  // namespace lookout::app
