// What `lookout goodhart` found out, as people, programs and pictures have it. Any thread.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "app/goodhart/measure_goodhart.h"

namespace lookout::app {

std::string GoodhartText(const GoodhartReport& report);

// All figures with their intervals and worst cases; null for what is not known.
nlohmann::ordered_json GoodhartToJson(const GoodhartReport& report);

// Costs and gains over the distance from the first policy, and best-of-n: panels of one figure.
// Without `pressure`, best-of-n alone.
std::string GoodhartSvg(const GoodhartReport& report);

}  // namespace lookout::app
