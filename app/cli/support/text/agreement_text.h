// A report of agreement as a table for a person and as JSON for programs. Any thread.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "agents/feedback/agreement/agreement.h"
#include "agents/feedback/kinds/danger_classes.h"

namespace lookout::app {

// With newlines. classes: what the project calls the danger classes. most_listed: of the
// disagreements.
std::string AgreementTable(const agents::AgreementReport& report,
                           const agents::DangerClasses& classes, int most_listed);

// All of it; figures and bounds that do not exist are null.
nlohmann::ordered_json AgreementToJson(const agents::AgreementReport& report,
                                       const agents::DangerClasses& classes);

}  // namespace lookout::app
