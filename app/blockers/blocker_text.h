// What a blocker is worth, in words and as JSON. Any thread.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "agents/overseer/blocker/blocker_model.h"
#include "agents/overseer/risk/risk_critic.h"

namespace lookout::app {

// Some lines: what it learned from, what each rule came to, and the table by threshold.
std::string BlockerReportText(const agents::BlockerModel& model);
nlohmann::ordered_json BlockerReportToJson(const agents::BlockerModel& model);

// A table with a line for each threshold: runs that begin with a miss, with
// the exact 95 % interval, and false blocks, with one over episodes.
std::string ConsequencesText(const std::vector<agents::BlockerConsequences>& rows);
nlohmann::ordered_json ConsequencesToJson(const agents::BlockerConsequences& consequences);

std::string RiskReportText(const agents::RiskCritic& critic);
nlohmann::ordered_json RiskReportToJson(const agents::RiskCritic& critic);

}  // namespace lookout::app
