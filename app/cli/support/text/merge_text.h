// What came of bringing labels into a project, in words and as JSON. Pure functions; any thread.
#pragma once

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <string>

#include "app/exchange/labels/feedback_merge.h"
#include "app/exchange/labels/settings_merge.h"

namespace lookout::app {

// "1 row", "3 rows".
std::string Counted(std::int64_t number, const std::string& what);

// "3 records added, 2 there already".
std::string PlanInWords(const MergePlan& plan);
// Lines, of which the first 20 are told; empty: there are no contradictions.
std::string ConflictsInWords(const MergePlan& plan);
// Lines; empty: nothing was carried over and nothing differs.
std::string SettingsInWords(const SettingsMerge& settings);

// Adds all of it to the object.
void PutPlan(const MergePlan& plan, nlohmann::ordered_json& object);
void PutSettings(const SettingsMerge& settings, nlohmann::ordered_json& object);

}  // namespace lookout::app
