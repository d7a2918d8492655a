// The settings of a fit as a text that the project keeps, and in words. Any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "agents/feedback/fitting/cost_model_fit.h"

namespace lookout::app {

// A JSON object with all that decides what is fitted, whatever the usual settings are later.
std::string FitSettingsText(const agents::CostModelSettings& settings);
// Nothing if the text is no such object or a value is of the wrong type or out of range; what it
// does not name is as usual.
std::optional<agents::CostModelSettings> FitSettingsFromText(std::string_view text);

// What is not as usual, under the names that the command line has: "inputs world, unmarked 0.5, no
// slips". "usual settings" if nothing is.
std::string FitSettingsInWords(const agents::CostModelSettings& settings);

}  // namespace lookout::app
