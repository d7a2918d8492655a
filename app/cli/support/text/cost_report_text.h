// A report on cost models as tables for a person and as JSON for programs. Any thread.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "app/cost_models/cost_report.h"

namespace lookout::app {

// With newlines: a table with a column for each model, how calibrated they are, where they
// disagree, and their worst errors.
std::string CostReportTable(const CostReport& report);

// All of it; figures and bounds that do not exist are null.
nlohmann::ordered_json CostReportToJson(const CostReport& report);

}  // namespace lookout::app
