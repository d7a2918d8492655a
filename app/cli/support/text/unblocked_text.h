// What `lookout unblocked` found out, as people and programs have it. Any thread.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "app/unblocked/measure_unblocked.h"

namespace lookout::app {

// At most 100 columns.
std::string UnblockedText(const UnblockedAnswer& answer, bool overseen);

// All ways with all their clips; null for what is not known.
nlohmann::ordered_json UnblockedToJson(const UnblockedAnswer& answer);

}  // namespace lookout::app
